// The physical line of an error with a caret line under it.

enum Excerpt {
    /// - Parameters:
    ///   - start: Offset of the offending word.
    ///   - end: Offset behind it; what lies on later lines is not underlined.
    /// - Returns: Two lines without a line end at the end; empty when the file is.
    static func make(of file: SourceFile, from start: Int, to end: Int) -> String {
        guard !file.bytes.isEmpty else { return "" }
        let line = file.lineRange(around: start)
        let window = crop(line, around: start)
        let from = min(max(start, window.lowerBound), window.upperBound)
        let to = min(max(end, from), window.upperBound)
        let before =
            (window.lowerBound > line.lowerBound ? "..." : "") + printable(file, window.lowerBound..<from)
        let word = printable(file, from..<to)
        let after =
            printable(file, to..<window.upperBound) + (window.upperBound < line.upperBound ? "..." : "")
        let indent = String(repeating: " ", count: before.unicodeScalars.count)
        let tail = String(repeating: "~", count: max(word.unicodeScalars.count - 1, 0))
        return "\(before)\(word)\(after)\n\(indent)^\(tail)"
    }

    /// The part of a long line that is shown: patterns of thousands of bytes are common.
    private static func crop(_ line: Range<Int>, around offset: Int) -> Range<Int> {
        let width = RuleTextLimits.excerptBytes
        guard line.count > width else { return line }
        let lower = min(max(offset - width / 3, line.lowerBound), line.upperBound - width)
        return lower..<lower + width
    }

    /// Control characters as blanks, so that the caret stands under its word.
    private static func printable(_ file: SourceFile, _ range: Range<Int>) -> String {
        String(decoding: file.bytes[range].map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }, as: UTF8.self)
    }
}
