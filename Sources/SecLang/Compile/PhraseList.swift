// The phrases of @pm and of the files of @pmFromFile.

internal import Bytes

enum PhraseList {
    /// Phrases between blanks; `A|42 43|` is `ABC`, and `\:`, `\;`, `\\`, `\"` are what follows the
    /// backslash. Quotes around the whole are taken off.
    ///
    /// A `|` that does not enclose pairs of hexadecimal digits stands for itself, and so do all
    /// backslashes when there are others among them.
    static func parse(_ argument: [UInt8]) -> [[UInt8]] {
        let argument = unescaped(unquoted(argument[...]))
        var phrases: [[UInt8]] = []
        var phrase: [UInt8] = []
        var index = 0
        while index < argument.count {
            let byte = argument[index]
            if byte == UInt8(ascii: "|"), let (bytes, next) = parseHex(argument, from: index + 1) {
                phrase += bytes
                index = next
                continue
            }
            if !ASCII.isSpace(byte) {
                phrase.append(byte)
            } else if !phrase.isEmpty {
                phrases.append(phrase)
                phrase = []
            }
            index += 1
        }
        return phrase.isEmpty ? phrases : phrases + [phrase]
    }

    /// - Returns: The bytes up to the closing `|` and the index behind it; nil when that is missing
    ///   or something else than pairs of digits, with blanks between them, stands before it.
    private static func parseHex(_ text: [UInt8], from start: Int) -> ([UInt8], next: Int)? {
        var bytes: [UInt8] = []
        var index = start
        while index < text.count {
            if text[index] == UInt8(ascii: "|") { return bytes.isEmpty ? nil : (bytes, index + 1) }
            if ASCII.isBlank(text[index]) {
                index += 1
                continue
            }
            guard index + 1 < text.count, let high = ASCII.hexValue(text[index]),
                let low = ASCII.hexValue(text[index + 1])
            else { return nil }
            bytes.append(high << 4 | low)
            index += 2
        }
        return nil
    }

    /// The whole argument of @strmatch as one phrase.
    static func content(of argument: PlacedText) -> PlacedText {
        var start = 0
        while start < argument.count, ASCII.isSpace(argument[start]) { start += 1 }
        let inside = unquoted(argument.bytes[start...])
        let text = argument[inside.startIndex..<inside.endIndex]
        let keepsBackslashes = unescaped(inside) == Array(inside)
        var content = text[0..<0]
        var index = 0
        while index < text.count {
            if text[index] == UInt8(ascii: "|"), let (bytes, next) = parseHex(text.bytes, from: index + 1) {
                for byte in bytes { content.append(byte, at: text.offset(at: index)) }
                index = next
                continue
            }
            if text[index] == UInt8(ascii: "\\"), !keepsBackslashes { index += 1 }
            content.append(byteOf: text, at: index)
            index += 1
        }
        return content
    }

    private static func unquoted(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let text = text.drop(while: ASCII.isSpace)
        guard text.count >= 2, text.first == UInt8(ascii: "\""), text.last == UInt8(ascii: "\"") else {
            return text
        }
        return text.dropFirst().dropLast()
    }

    private static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var plain: [UInt8] = []
        var isEscaped = false
        for byte in text {
            if isEscaped {
                guard Array(":;\\\"".utf8).contains(byte) else { return Array(text) }
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
                continue
            }
            plain.append(byte)
        }
        return isEscaped ? Array(text) : plain
    }

    /// One phrase a line, blanks on both ends taken off, inner ones and `|` kept; empty lines and
    /// those that begin with `#` are left out.
    static func parseFile(_ bytes: [UInt8]) -> [[UInt8]] {
        bytes.split(separator: ASCII.lineFeed).compactMap { line in
            guard let first = line.firstIndex(where: { !ASCII.isSpace($0) }),
                let last = line.lastIndex(where: { !ASCII.isSpace($0) }),
                line[first] != UInt8(ascii: "#")
            else { return nil }
            return Array(line[first...last])
        }
    }
}
