// The files of @ipMatchFromFile.

internal import Bytes

enum AddressList {
    /// One address or network a line with the line's number, counted from 1. Blank lines are left out,
    /// and what follows a `#`.
    static func parse(_ bytes: [UInt8]) -> [(line: Int, item: String)] {
        let lines = bytes.split(separator: ASCII.lineFeed, omittingEmptySubsequences: false)
        return lines.enumerated().compactMap { index, line in
            var text = line.prefix { $0 != UInt8(ascii: "#") }.drop(while: ASCII.isSpace)
            while let last = text.last, ASCII.isSpace(last) { text.removeLast() }
            return text.isEmpty ? nil : (index + 1, String(decoding: text, as: UTF8.self))
        }
    }
}
