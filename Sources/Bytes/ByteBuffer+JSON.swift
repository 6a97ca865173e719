// The inside of JSON strings (RFC 8259 section 7).

extension ByteBuffer {
    /// Appends bytes of any kind as the inside of a JSON string: quotes, backslashes and controls are
    /// escaped, also those that only terminals obey (U+007F to U+009F, U+2028, U+2029). A byte that is
    /// no part of UTF-8 becomes the character of the same number, so the result is always valid.
    ///
    /// - Parameter limitBytes: Bytes that may be appended; what follows is left out.
    /// - Returns: How many of `bytes` were left out.
    @discardableResult
    package mutating func appendJSON(escaping bytes: ByteView, limitBytes: Int = .max) -> Int {
        var room = limitBytes
        var index = 0
        while index < bytes.count {
            let run = Self.plainRun(bytes, from: index, limit: room)
            append(bytes[index..<index + run])
            index += run
            room -= run
            guard index < bytes.count, room > 0 else { break }
            let length = max(1, Self.sequenceBytes(bytes, at: index))
            let isShown = length > 1 && !Self.isControl(bytes[index..<index + length])
            let written = isShown ? length : Self.escapeBytes(bytes[index])
            guard written <= room else { break }
            if isShown {
                append(bytes[index..<index + length])
            } else {
                appendEscape(bytes[index..<index + length])
            }
            room -= written
            index += length
        }
        return bytes.count - index
    }

    private static func plainRun(_ bytes: ByteView, from start: Int, limit: Int) -> Int {
        var index = start
        let end = min(bytes.count, start + min(limit, bytes.count - start))
        while index < end, isPlain(bytes[index]) { index += 1 }
        return index - start
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x7F && byte != ASCII.byte("\"") && byte != ASCII.byte("\\")
    }

    /// Bytes of the well-formed UTF-8 sequence at `index` (Unicode, table 3-7); 0 where there is none.
    private static func sequenceBytes(_ bytes: ByteView, at index: Int) -> Int {
        let lead = bytes[index]
        let rest = bytes.count - index
        func follows(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
            range.contains(bytes[index + offset])
        }
        switch lead {
        case 0x00...0x7F: return 1
        case 0xC2...0xDF: return rest >= 2 && follows(1) ? 2 : 0
        case 0xE0...0xEF:
            let second: ClosedRange<UInt8> =
                lead == 0xE0 ? 0xA0...0xBF : lead == 0xED ? 0x80...0x9F : 0x80...0xBF
            return rest >= 3 && follows(1, second) && follows(2) ? 3 : 0
        case 0xF0...0xF4:
            let second: ClosedRange<UInt8> =
                lead == 0xF0 ? 0x90...0xBF : lead == 0xF4 ? 0x80...0x8F : 0x80...0xBF
            return rest >= 4 && follows(1, second) && follows(2) && follows(3) ? 4 : 0
        default: return 0
        }
    }

    /// C1 controls, and the two characters that end a line in some readers.
    private static func isControl(_ sequence: ByteView) -> Bool {
        if sequence.count == 2 { return sequence[0] == 0xC2 && sequence[1] < 0xA0 }
        return sequence.count == 3 && sequence[0] == 0xE2 && sequence[1] == 0x80
            && (sequence[2] == 0xA8 || sequence[2] == 0xA9)
    }

    private static func escapeBytes(_ lead: UInt8) -> Int {
        switch lead {
        case ASCII.byte("\""), ASCII.byte("\\"), ASCII.lineFeed, ASCII.carriageReturn, ASCII.tab: 2
        default: 6
        }
    }

    /// One byte, or a sequence that is not shown.
    private mutating func appendEscape(_ sequence: ByteView) {
        switch sequence[0] {
        case ASCII.byte("\""): append("\\\"")
        case ASCII.byte("\\"): append("\\\\")
        case ASCII.lineFeed: append("\\n")
        case ASCII.carriageReturn: append("\\r")
        case ASCII.tab: append("\\t")
        default:
            append(sequence.count == 3 ? "\\u20" : "\\u00")
            // U+2028 ends in A8 and U+2029 in A9, whose low halves are theirs.
            let byte = sequence.count == 3 ? sequence[2] & 0x0F | 0x20 : sequence[sequence.count - 1]
            append(Self.hexDigit(byte >> 4))
            append(Self.hexDigit(byte & 15))
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
}
