// What a node of a risk cluster says besides the level: which rules matched.

internal import Bytes

/// Rules that have matched, read from the lines of the log.
struct InspectionReport {
    struct Rule {
        var id: ByteText
        var message: ByteText
    }

    private(set) var rules: [Rule] = []
    /// Rules that are told at most.
    static let mostRules = 100

    mutating func removeAll() { rules.removeAll(keepingCapacity: true) }

    /// - Parameter lines: Matched-rule lines, one a line.
    mutating func note(_ lines: ByteView) {
        var start = 0
        while start < lines.count, rules.count < Self.mostRules {
            let end = lines.firstIndex(of: ASCII.lineFeed, from: start) ?? lines.count
            let line = lines[start..<end]
            if let id = Self.field("[id \"", in: line) {
                rules.append(
                    Rule(id: ByteText(id), message: ByteText(Self.field("[msg \"", in: line) ?? .empty)))
            }
            start = end + 1
        }
    }

    /// The text behind `opening` up to the quote that ends it, escapes as they are.
    private static func field(_ opening: StaticString, in line: ByteView) -> ByteView? {
        guard let start = line.firstRange(of: ByteView(opening))?.upperBound else { return nil }
        var end = start
        while end < line.count, line[end] != ASCII.byte("\"") {
            end += line[end] == ASCII.byte("\\") ? 2 : 1
        }
        return line[start..<min(end, line.count)]
    }
}
