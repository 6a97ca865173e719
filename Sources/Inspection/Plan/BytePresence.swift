// Which bytes a value holds.

internal import Bytes

/// One bit for each of the 256 bytes.
struct BytePresence {
    private var words = InlineArray<4, UInt64>(repeating: 0)

    init(of bytes: ByteView) {
        let span = bytes.span
        for index in span.indices {
            let byte = span[index]
            words[Int(byte >> 6)] |= 1 << UInt64(byte & 63)
        }
    }

    init(of bytes: [UInt8]) {
        for byte in bytes { words[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }
    }

    func isSubset(of other: BytePresence) -> Bool {
        var rest: UInt64 = 0
        for word in 0..<4 { rest |= words[word] & ~other.words[word] }
        return rest == 0
    }

    @inline(__always)
    func forEach(_ body: (UInt8) -> Void) {
        for word in 0..<4 {
            var bits = words[word]
            while bits != 0 {
                body(UInt8(truncatingIfNeeded: word << 6 | bits.trailingZeroBitCount))
                bits &= bits - 1
            }
        }
    }

    /// Whether one of the bytes is of the class whose four words lie at `offset`.
    @inline(__always)
    func intersects(_ view: ByteView, at offset: Int) -> Bool {
        let first = words[0] & view.loadUInt64(at: offset) | words[1] & view.loadUInt64(at: offset + 8)
        let second = words[2] & view.loadUInt64(at: offset + 16) | words[3] & view.loadUInt64(at: offset + 24)
        return first | second != 0
    }
}
