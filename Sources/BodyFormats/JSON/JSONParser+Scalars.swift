// Strings, numbers and literals. RFC 8259 sections 3, 6 and 7.

internal import Bytes

extension JSONParser {
    /// Skips the four blanks of RFC 8259 section 2.
    mutating func skipBlanks() {
        let eightSpaces: UInt64 = 0x2020_2020_2020_2020
        while position < text.count {
            let byte = text[position]
            guard byte <= ASCII.space else { return }
            guard byte == ASCII.space || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            position += 1
            // Indentation.
            while text.count - position >= 8, text.loadUInt64(at: position) == eightSpaces { position += 8 }
        }
    }

    mutating func readScalar(startingWith byte: UInt8) throws(JSONError) -> JSONValue {
        switch byte {
        case ASCII.byte("\""):
            let start = position + 1
            return JSONValue(kind: .string, text: try readString(), offset: start)
        case ASCII.byte("-"), 0x30...0x39:
            return try readNumber()
        case ASCII.byte("t"):
            return try readLiteral("true", kind: .boolean)
        case ASCII.byte("f"):
            return try readLiteral("false", kind: .boolean)
        case ASCII.byte("n"):
            let literal = try readLiteral("null", kind: .null)
            return JSONValue(kind: .null, text: .empty, offset: literal.offset)
        default:
            throw .unexpectedByte(byte, offset: position)
        }
    }

    private mutating func readLiteral(
        _ literal: StaticString, kind: JSONValue.Kind
    ) throws(JSONError) -> JSONValue {
        let word = ByteView(literal)
        let start = position
        for expected in word.indices {
            let byte = try peek()
            guard byte == word[expected] else { throw .unexpectedByte(byte, offset: position) }
            position += 1
        }
        return JSONValue(kind: kind, text: text[start..<position], offset: start)
    }

    /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`; what follows is the caller's to judge.
    private mutating func readNumber() throws(JSONError) -> JSONValue {
        let start = position
        if text[position] == ASCII.byte("-") { position += 1 }
        if try peek() == ASCII.byte("0") {
            position += 1
        } else {
            try readDigits()
        }
        if position < text.count, text[position] == ASCII.byte(".") {
            position += 1
            try readDigits()
        }
        if position < text.count, text[position] | 0x20 == ASCII.byte("e") {
            position += 1
            let sign = try peek()
            if sign == ASCII.byte("+") || sign == ASCII.byte("-") { position += 1 }
            try readDigits()
        }
        return JSONValue(kind: .number, text: text[start..<position], offset: start)
    }

    /// One digit or more.
    private mutating func readDigits() throws(JSONError) {
        let first = try peek()
        guard ASCII.isDigit(first) else { throw .unexpectedByte(first, offset: position) }
        repeat { position += 1 } while position < text.count && ASCII.isDigit(text[position])
    }

    /// The string whose opening quote is at `position`, decoded.
    mutating func readString() throws(JSONError) -> ByteView {
        position += 1
        let start = position
        var highBits: UInt64 = 0
        var hasEscapes = false
        while true {
            skipPlain(&highBits)
            let stop = try peek()
            if stop == ASCII.byte("\"") { break }
            guard stop == ASCII.byte("\\") else { throw .controlCharacter(stop, offset: position) }
            hasEscapes = true
            try skipEscape()
        }
        let raw = text[start..<position]
        position += 1
        if highBits & 0x8080_8080_8080_8080 != 0, !UTF8Validator.isValid(raw) {
            throw .invalidUTF8(offset: start)
        }
        return hasEscapes ? JSONStringDecoder.decode(raw, in: arena) : raw
    }

    /// Moves on to the next quote, backslash or control character, or to the document's end.
    ///
    /// Eight bytes at a time; `highBits` gathers the top bits of what was skipped, which tell
    /// whether there is anything but ASCII.
    private mutating func skipPlain(_ highBits: inout UInt64) {
        var index = position
        let count = text.count
        while count - index >= 8 {
            let word = text.loadUInt64(at: index)
            let stops = Self.stops(in: word)
            guard stops != 0 else {
                highBits |= word
                index += 8
                continue
            }
            // The lowest flag is exact, flags above it need not be.
            highBits |= word & ((stops & (0 &- stops)) &- 1)
            position = index + stops.trailingZeroBitCount / 8
            return
        }
        while index < count {
            let byte = text[index]
            if byte < 0x20 || byte == 0x22 || byte == 0x5C { break }
            highBits |= UInt64(byte)
            index += 1
        }
        position = index
    }

    /// The top bit of each byte that is a quote, a backslash or below 0x20.
    private static func stops(in word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = word ^ (ones &* 0x22)
        let backslashes = word ^ (ones &* 0x5C)
        let found =
            ((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes)
            | ((word &- ones &* 0x20) & ~word)
        return found & (ones &* 0x80)
    }

    /// Checks the escape whose backslash is at `position`, and moves behind it.
    private mutating func skipEscape() throws(JSONError) {
        let start = position
        position += 1
        switch try peek() {
        case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74:  // " \ / b f n r t
            position += 1
        case 0x75:  // u
            for _ in 0..<4 {
                position += 1
                guard ASCII.hexValue(try peek()) != nil else { throw .invalidEscape(offset: start) }
            }
            position += 1
        default:
            throw .invalidEscape(offset: start)
        }
    }
}
