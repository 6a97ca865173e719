// Random numbers that are the same in every run, and bytes that stay.

internal import Bytes

/// SplitMix64.
struct FixedRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) }
    }

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
}

/// Lets `body` look at the bytes of an array.
func withView<R, E: Error>(_ bytes: [UInt8], _ body: (ByteView) throws(E) -> R) throws(E) -> R {
    try unsafe bytes.span.withUnsafeBytes { buffer throws(E) in try body(unsafe ByteView(unowned: buffer)) }
}

func withView<R, E: Error>(_ text: String, _ body: (ByteView) throws(E) -> R) throws(E) -> R {
    try withView(Array(text.utf8), body)
}
