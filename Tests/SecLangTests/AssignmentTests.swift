// The forms of setvar.

import RuleStore
import Testing

@testable import SecLang

@Suite("setvar: its forms") struct AssignmentTests {
    struct Row: CustomTestStringConvertible {
        var text: String
        var want: AssignmentDraft
        var testDescription: String { text }
    }

    static func draft(_ kind: AssignmentDraft.Kind, _ name: String, _ value: String) -> AssignmentDraft {
        AssignmentDraft(
            collection: .tx, name: MacroText(literal: name), kind: kind, value: MacroText(literal: value))
    }

    static let rows: [Row] = [
        Row(text: "tx.a", want: draft(.set, "a", "1")),
        Row(text: "TX.a=5", want: draft(.set, "a", "5")),
        Row(text: "tx.a=", want: draft(.set, "a", "")),
        Row(text: "tx.a=+5", want: draft(.add, "a", "5")),
        Row(text: "tx.a=-5", want: draft(.subtract, "a", "5")),
        Row(text: "tx.a=+", want: draft(.add, "a", "")),
        Row(text: "!tx.a", want: draft(.remove, "a", "")),
        Row(text: "tx.a=b=c", want: draft(.set, "a", "b=c")),
        Row(text: "tx.a.b=1", want: draft(.set, "a.b", "1")),
        Row(text: "tx.a= x y", want: draft(.set, "a", " x y")),
        Row(
            text: "ws.count=+1",
            want: AssignmentDraft(
                collection: .webSocketState, name: MacroText(literal: "count"), kind: .add,
                value: MacroText(literal: "1"))),
        Row(
            text: "tx.n_%{tx.0}=+%{tx.critical_anomaly_score}",
            want: AssignmentDraft(
                collection: .tx,
                name: MacroText(parts: [.literal(Array("n_".utf8)), .variable(.tx, key: [0x30])]),
                kind: .add,
                value: MacroText(parts: [.variable(.tx, key: Array("critical_anomaly_score".utf8))]))),
    ]

    @Test(arguments: rows) func parse(_ row: Row) {
        var diagnostics = diagnostics(for: row.text)
        #expect(AssignmentParser.parse(placed(row.text), into: &diagnostics) == row.want)
        #expect(diagnostics.isEmpty)
    }

    static let malformed =
        "malformed setvar, expected `collection.name`, `!collection.name` or `collection.name=value`"

    @Test(arguments: [
        ("a", 1, malformed), ("tx", 1, malformed), ("tx.", 1, malformed), ("tx.=1", 1, malformed),
        ("=1", 1, malformed), ("!tx.a=1", 1, malformed), ("!", 1, malformed), (".a", 1, malformed),
        ("env.a=1", 1, "unknown collection `env`"),
        ("txx.a=1", 1, "unknown collection `txx`, did you mean `tx`?"),
        ("tx.a=%{nope}", 8, "unknown variable `nope`"),
    ])
    func refused(_ text: String, _ column: Int, _ message: String) {
        var diagnostics = diagnostics(for: text)
        _ = AssignmentParser.parse(placed(text), into: &diagnostics)
        #expect(diagnostics.errors.map(\.description) == ["a.conf:1:\(column): error: \(message)"])
    }
}
