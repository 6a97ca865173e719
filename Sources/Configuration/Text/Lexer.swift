// Configuration text to tokens, by nginx's rules (ngx_conf_read_token).
//
// * Words end at a blank, a line's end, `;` or `{`; a `{` right behind `$` belongs to the word.
// * `}` and `#` mean something only where a word could start.
// * Quotes count only at the start of a word; behind the closing quote a blank, `;` or `{` follows.
// * A backslash keeps `;`, `{`, blanks and quotes in the word. `\"` `\'` `\\` give the character,
//   `\t` `\r` `\n` the control; before anything else the backslash stays.

internal import Bytes

/// Cuts one text into tokens; goes on behind errors so that all are found.
struct Lexer {
    private let bytes: [UInt8]
    private let file: String
    private var position = 0
    private var line = 1
    private var column = 1
    private(set) var errors: [ConfigurationError] = []

    /// - Parameter bytes: Valid UTF-8.
    init(_ bytes: [UInt8], file: String) {
        self.bytes = bytes
        self.file = file
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    mutating func next() -> Token {
        skipBlanksAndComments()
        let start = location
        guard let byte = current else { return Token(kind: .endOfFile, location: start) }
        switch byte {
        case UInt8(ascii: ";"):
            advance()
            return Token(kind: .semicolon, location: start)
        case UInt8(ascii: "{"):
            advance()
            return Token(kind: .blockStart, location: start)
        case UInt8(ascii: "}"):
            advance()
            return Token(kind: .blockEnd, location: start)
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            advance()
            return Token(kind: .word(quotedWord(quote: byte, start: start)), location: start)
        default:
            return Token(kind: .word(bareWord(start: start)), location: start)
        }
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }
    private var location: SourceLocation { SourceLocation(file: file, line: line, column: column) }

    private mutating func advance() {
        let byte = bytes[position]
        position += 1
        if byte == ASCII.lineFeed {
            line += 1
            column = 1
        } else if position == bytes.count || bytes[position] & 0xC0 != 0x80 {
            column += 1
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == ASCII.space || byte == ASCII.tab || byte == ASCII.lineFeed || byte == ASCII.carriageReturn
    }

    private mutating func skipBlanksAndComments() {
        while let byte = current {
            if byte == UInt8(ascii: "#") {
                while let byte = current, byte != ASCII.lineFeed { advance() }
            } else if Self.isBlank(byte) {
                advance()
            } else {
                return
            }
        }
    }

    private mutating func bareWord(start: SourceLocation) -> String {
        var word: [UInt8] = []
        var isBehindDollar = false
        while let byte = current {
            if Self.isBlank(byte) || byte == UInt8(ascii: ";") { break }
            if byte == UInt8(ascii: "{"), !isBehindDollar { break }
            isBehindDollar = byte == UInt8(ascii: "$")
            takeCharacter(into: &word)
        }
        return finish(word, start)
    }

    private mutating func quotedWord(quote: UInt8, start: SourceLocation) -> String {
        var word: [UInt8] = []
        while let byte = current, byte != quote { takeCharacter(into: &word) }
        guard current != nil else {
            errors.append(ConfigurationError(start, .unterminatedQuote(Character(Unicode.Scalar(quote)))))
            return finish(word, start)
        }
        advance()
        if let byte = current, !Self.isBlank(byte), byte != UInt8(ascii: ";"), byte != UInt8(ascii: "{") {
            let found = String(Character(Unicode.Scalar(byte)))
            errors.append(
                ConfigurationError(
                    location, .unexpected(found: found, expected: "a blank, \";\" or \"{\" behind the quote"))
            )
        }
        return finish(word, start)
    }

    /// Moves one byte, or one escape, to the word.
    private mutating func takeCharacter(into word: inout [UInt8]) {
        let byte = bytes[position]
        if byte < 0x20 && !Self.isBlank(byte) || byte == 0x7F {
            errors.append(ConfigurationError(location, .controlCharacter(byte)))
        }
        advance()
        guard byte == UInt8(ascii: "\\"), let escaped = current else {
            word.append(byte)
            return
        }
        advance()
        switch escaped {
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"): word.append(escaped)
        case UInt8(ascii: "t"): word.append(ASCII.tab)
        case UInt8(ascii: "r"): word.append(ASCII.carriageReturn)
        case UInt8(ascii: "n"): word.append(ASCII.lineFeed)
        default: word += [byte, escaped]
        }
    }

    private mutating func finish(_ word: [UInt8], _ start: SourceLocation) -> String {
        if word.count > ConfigurationLimits.wordBytes {
            errors.append(ConfigurationError(start, .wordTooLong(limitBytes: ConfigurationLimits.wordBytes)))
        }
        return String(decoding: word, as: UTF8.self)
    }
}
