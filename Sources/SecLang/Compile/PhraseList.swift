// The phrases of @pm and of the files of @pmFromFile.

internal import Bytes

enum PhraseList {
    /// Phrases between blanks; `A|42 43|` is `ABC`.
    ///
    /// A `|` that does not enclose pairs of hexadecimal digits stands for itself.
    static func parse(_ argument: [UInt8]) -> [[UInt8]] {
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
