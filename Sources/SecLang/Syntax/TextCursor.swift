// Reads a text from left to right.

internal import Bytes

struct TextCursor {
    let text: PlacedText
    private(set) var index = 0

    init(_ text: PlacedText) { self.text = text }

    var isAtEnd: Bool { index == text.count }
    /// The next byte, nil at the end.
    var peek: UInt8? { isAtEnd ? nil : text[index] }
    /// What has not been read.
    var rest: PlacedText { text[index..<text.count] }
    /// The next byte as a text, for an error to point at; empty at the end.
    var here: PlacedText { text[index..<min(index + 1, text.count)] }

    mutating func advance() { index += 1 }

    mutating func skipSpaces() {
        while let byte = peek, ASCII.isSpace(byte) { index += 1 }
    }

    /// Steps over `byte` if it comes next.
    mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        index += 1
        return true
    }

    /// Everything up to the first byte that `isEnd` accepts.
    mutating func take(until isEnd: (UInt8) -> Bool) -> PlacedText {
        let start = index
        while let byte = peek, !isEnd(byte) { index += 1 }
        return text[start..<index]
    }

    /// Everything up to the next bare `quote`, which is stepped over.
    ///
    /// A backslash escapes only the quote: `\'` becomes `'`, all other pairs stay as they are, as
    /// the pattern inside may need them. `\\` is a pair, so the quote in `\\'` closes.
    /// - Parameter mayEndWithText: Whether the end of the text closes an open quote.
    /// - Returns: nil when the quote never comes; nothing is consumed then.
    mutating func takeQuoted(until quote: UInt8, mayEndWithText: Bool = false) -> PlacedText? {
        var content = text[index..<index]
        var at = index
        while at < text.count {
            if text[at] == quote {
                index = at + 1
                return content
            }
            if text[at] == UInt8(ascii: "\\"), at + 1 < text.count {
                if text[at + 1] != quote { content.append(byteOf: text, at: at) }
                at += 1
            }
            content.append(byteOf: text, at: at)
            at += 1
        }
        guard mayEndWithText else { return nil }
        index = text.count
        return content
    }
}
