// Arrays as views.

internal import Bytes

/// Lends a copy of `bytes` that does not move for as long as `body` runs.
func withView<R, E: Error>(of bytes: [UInt8], _ body: (ByteView) throws(E) -> R) throws(E) -> R {
    var buffer = ByteBuffer()
    buffer.append(contentsOf: bytes)
    return try body(buffer.view)
}
