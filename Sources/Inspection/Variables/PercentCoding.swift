// Percent-encoding of URIs and forms (RFC 3986 section 2.1).

internal import Bytes

enum PercentCoding {
    /// Whether some percent sign has no two digits behind it.
    static func hasFault(_ text: ByteView) -> Bool {
        var start = 0
        while let percent = text.firstIndex(of: ASCII.byte("%"), from: start) {
            guard percent + 2 < text.count, ASCII.hexValue(text[percent + 1]) != nil,
                ASCII.hexValue(text[percent + 2]) != nil
            else { return true }
            start = percent + 3
        }
        return false
    }

    /// The text with each percent sign and its two digits replaced by the byte they stand for; others,
    /// and `+`, stay as they are.
    static func decode(_ text: ByteView, in arena: Arena) -> ByteView {
        guard text.contains(ASCII.byte("%")) else { return text }
        return arena.fill(upTo: text.count) { output in
            var index = 0
            while index < text.count {
                if text[index] == ASCII.byte("%"), index + 2 < text.count,
                    let high = ASCII.hexValue(text[index + 1]), let low = ASCII.hexValue(text[index + 2])
                {
                    output.append(high << 4 | low)
                    index += 3
                } else {
                    output.append(text[index])
                    index += 1
                }
            }
        }
    }
}
