// Which rules a list shows.

import Reports
import Testing

@Suite("Filters of rules") struct RuleFilterTests {
    @Test(
        "ids", arguments: [
            ("942100", 942_100...942_100), ("1-3", 1...3), ("3-3", 3...3), ("0-4294967295", 0...4_294_967_295),
        ] as [(String, ClosedRange<UInt32>)])
    func ids(_ text: String, _ want: ClosedRange<UInt32>) { #expect(RuleFilter.ids(text) == want) }

    @Test("no ids", arguments: ["", "-", "a", "1-", "-1", "3-1", "1-2-3", "4294967296", "1 "])
    func noIDs(_ text: String) { #expect(RuleFilter.ids(text) == nil) }

    struct Row: Sendable {
        var filter: RuleFilter
        var admits: Bool
    }

    static let rule = RuleSummary(
        id: 10, phase: 2, file: "f", line: 1, severity: nil, message: "", tags: ["attack-sqli", "PCI/6.5"],
        links: 1)
    static let rows = [
        Row(filter: RuleFilter(), admits: true),
        Row(filter: RuleFilter(ids: 10...10), admits: true),
        Row(filter: RuleFilter(ids: 11...20), admits: false),
        Row(filter: RuleFilter(phase: 2), admits: true),
        Row(filter: RuleFilter(phase: 1), admits: false),
        Row(filter: RuleFilter(tag: "ATTACK-sqli"), admits: true),
        Row(filter: RuleFilter(tag: "attack"), admits: false),
        Row(filter: RuleFilter(tag: "attack-*"), admits: true),
        Row(filter: RuleFilter(tag: "*"), admits: true),
        Row(filter: RuleFilter(ids: 1...20, phase: 2, tag: "pci*"), admits: true),
        Row(filter: RuleFilter(ids: 1...20, phase: 3, tag: "pci*"), admits: false),
    ]

    @Test(arguments: rows) func admits(_ row: Row) { #expect(row.filter.admits(Self.rule) == row.admits) }
}
