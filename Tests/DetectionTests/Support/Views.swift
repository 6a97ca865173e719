// Bytes of test values as the views that the detectors take.

internal import Bytes

/// Lets `body` look at the bytes of an array.
func withView<R, E: Error>(_ bytes: [UInt8], _ body: (ByteView) throws(E) -> R) throws(E) -> R {
    try unsafe bytes.span.withUnsafeBytes { buffer throws(E) in try body(unsafe ByteView(unowned: buffer)) }
}

func withView<R>(_ text: String, _ body: (ByteView) -> R) -> R { withView(Array(text.utf8), body) }
