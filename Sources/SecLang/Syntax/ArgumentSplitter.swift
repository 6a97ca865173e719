// A directive's arguments, split as Apache splits them: "...", '...' or bare words between blanks.

internal import Bytes

enum ArgumentSplitter {
    /// - Parameter line: A logical line; not empty, no blanks at its ends.
    /// - Returns: The directive's name and its arguments without their quotes; nil when text
    ///   follows a closing quote, which is reported.
    static func split(_ line: PlacedText, into diagnostics: inout Diagnostics) -> [PlacedText]? {
        var words: [PlacedText] = []
        var cursor = TextCursor(line)
        while !cursor.isAtEnd {
            guard let byte = cursor.peek else { break }
            if isQuote(byte) {
                cursor.advance()
                // Apache and libmodsecurity both take the end of the line for a missing last quote.
                guard let word = cursor.takeQuoted(until: byte, mayEndWithText: true) else { return nil }
                // `"a""b"` is two words for Apache; anything else is a quote somebody forgot to escape.
                if let next = cursor.peek, !ASCII.isSpace(next), !isQuote(next) {
                    diagnostics.report(.textBehindQuote, at: cursor.here)
                    return nil
                }
                words.append(word)
            } else {
                words.append(takeBareWord(&cursor))
            }
            cursor.skipSpaces()
        }
        return words
    }

    /// Up to the next blank; `ARGS:'a b'` is one word, as the blank stands inside a quoted key.
    private static func takeBareWord(_ cursor: inout TextCursor) -> PlacedText {
        let start = cursor.index
        var previous: UInt8 = 0
        while let byte = cursor.peek, !ASCII.isSpace(byte) {
            cursor.advance()
            if byte == UInt8(ascii: "'"), previous == UInt8(ascii: ":") {
                // Without a closing quote the word ends at the blank; who reads the key reports it.
                _ = cursor.takeQuoted(until: byte)
            }
            previous = byte
        }
        return cursor.text[start..<cursor.index]
    }

    private static func isQuote(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
    }
}
