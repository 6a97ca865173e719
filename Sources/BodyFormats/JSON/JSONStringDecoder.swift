// Escapes of JSON strings. RFC 8259 section 7.

internal import Bytes

/// Undoes escapes that the parser has already found to be well formed.
enum JSONStringDecoder {
    /// The string between the quotes, decoded into `arena`; never longer than `raw`.
    ///
    /// The grammar allows a `\u` escape of one half of a surrogate pair (RFC 8259 section 8.2) and
    /// leaves its meaning open: each becomes U+FFFD, as in every implementation that turns strings
    /// into UTF-8.
    static func decode(_ raw: ByteView, in arena: Arena) -> ByteView {
        arena.fill(upTo: raw.count) { output in
            var index = 0
            while index < raw.count {
                let byte = raw[index]
                guard byte == ASCII.byte("\\") else {
                    output.append(byte)
                    index += 1
                    continue
                }
                if raw[index + 1] == ASCII.byte("u") {
                    index = appendUnit(of: raw, at: index, to: &output)
                } else {
                    output.append(plainEscape(raw[index + 1]))
                    index += 2
                }
            }
        }
    }

    private static func plainEscape(_ letter: UInt8) -> UInt8 {
        switch letter {
        case ASCII.byte("b"): 0x08
        case ASCII.byte("f"): 0x0C
        case ASCII.byte("n"): 0x0A
        case ASCII.byte("r"): 0x0D
        case ASCII.byte("t"): 0x09
        default: letter
        }
    }

    /// Appends the scalar of the escape at `index`, with its second half when it is a pair.
    /// - Returns: Index of the first byte behind it.
    private static func appendUnit(of raw: ByteView, at index: Int, to output: inout OutputSpan<UInt8>) -> Int
    {
        let unit = codeUnit(raw, at: index + 2)
        guard unit & 0xF800 == 0xD800 else {
            append(scalar: unit, to: &output)
            return index + 6
        }
        let next = index + 6
        if unit < 0xDC00, next + 6 <= raw.count, raw[next] == ASCII.byte("\\"),
            raw[next + 1] == ASCII.byte("u")
        {
            let low = codeUnit(raw, at: next + 2)
            if low & 0xFC00 == 0xDC00 {
                append(scalar: 0x1_0000 + (unit & 0x3FF) << 10 + low & 0x3FF, to: &output)
                return next + 6
            }
        }
        append(scalar: 0xFFFD, to: &output)
        return next
    }

    private static func codeUnit(_ raw: ByteView, at index: Int) -> UInt32 {
        var unit: UInt32 = 0
        for digit in index..<(index + 4) {
            unit = unit << 4 | UInt32(ASCII.hexValue(raw[digit]) ?? 0)
        }
        return unit
    }

    private static func append(scalar: UInt32, to output: inout OutputSpan<UInt8>) {
        func continuation(_ shift: UInt32) -> UInt8 {
            UInt8(truncatingIfNeeded: 0x80 | (scalar >> shift & 0x3F))
        }
        switch scalar {
        case 0..<0x80:
            output.append(UInt8(truncatingIfNeeded: scalar))
        case 0x80..<0x800:
            output.append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
            output.append(continuation(0))
        case 0x800..<0x1_0000:
            output.append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
            output.append(continuation(6))
            output.append(continuation(0))
        default:
            output.append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
            output.append(continuation(12))
            output.append(continuation(6))
            output.append(continuation(0))
        }
    }
}
