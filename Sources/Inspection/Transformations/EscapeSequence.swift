// What the escapes of C and JavaScript have in common.

internal import Bytes

/// Parts of an escape, behind its backslash.
enum EscapeSequence {
    /// The control character of `\a`, `\b`, `\f`, `\n`, `\r`, `\t`, `\v`.
    static func control(_ letter: UInt8) -> UInt8? {
        switch letter {
        case ASCII.byte("a"): 0x07
        case ASCII.byte("b"): 0x08
        case ASCII.byte("f"): 0x0C
        case ASCII.byte("n"): 0x0A
        case ASCII.byte("r"): 0x0D
        case ASCII.byte("t"): 0x09
        case ASCII.byte("v"): 0x0B
        default: nil
        }
    }

    /// One to three octal digits at `start`; nil where there is none.
    ///
    /// - Parameter fitsByte: Takes two digits of a number above 0377; else its low byte is left.
    static func octal(_ input: ByteView, at start: Int, fitsByte: Bool) -> (byte: UInt8, end: Int)? {
        var end = start
        var value: UInt16 = 0
        while end < input.count, end < start + 3, isOctalDigit(input[end]) {
            let next = value << 3 | UInt16(input[end] & 7)
            if fitsByte, next > 0xFF { break }
            value = next
            end += 1
        }
        return end > start ? (UInt8(truncatingIfNeeded: value), end) : nil
    }

    private static func isOctalDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 8 }

    /// A byte for a UTF-16 unit of which only the low half is kept: full-width forms of ASCII
    /// (U+FF01 to U+FF5E) become what they look like.
    static func narrowed(high: UInt8, low: UInt8) -> UInt8 {
        high == 0xFF && low > 0 && low < 0x5F ? low + 0x20 : low
    }
}
