// Ids of rules in text.

enum RuleID {
    static let range: ClosedRange<UInt32> = 1...UInt32.max
    static let expected = "1 to \(UInt32.max)"
    static let rangeExpected = "an id or a range such as 1000-1999"

    static func parse(_ text: [UInt8]) -> UInt32? { Number.parse(text, in: range) }

    /// `7` or `7-8`.
    static func parseRange(_ text: [UInt8]) -> ClosedRange<UInt32>? {
        let halves = text.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard halves.count <= 2, let first = halves.first.flatMap({ parse(Array($0)) }),
            let last = halves.last.flatMap({ parse(Array($0)) }), first <= last
        else { return nil }
        return first...last
    }
}
