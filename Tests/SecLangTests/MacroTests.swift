// Macros in texts.

import RuleStore
import Testing

@testable import SecLang

@Suite("Macros: %{NAME}, %{COLLECTION.key}") struct MacroTests {
    struct Row: CustomTestStringConvertible {
        var text: String
        var parts: [MacroText.Part]
        var testDescription: String { text }
    }

    static func literal(_ text: String) -> MacroText.Part { .literal(Array(text.utf8)) }
    static func variable(_ name: VariableName, _ key: String? = nil) -> MacroText.Part {
        .variable(name, key: key.map { Array($0.utf8) })
    }

    static let rows: [Row] = [
        Row(text: "", parts: []),
        Row(text: "plain", parts: [literal("plain")]),
        Row(text: "%{MATCHED_VAR}", parts: [variable(.matchedVariable)]),
        Row(text: "%{matched_var_NAME}", parts: [variable(.matchedVariableName)]),
        Row(text: "a %{tx.Score} b", parts: [literal("a "), variable(.tx, "Score"), literal(" b")]),
        Row(text: "%{tx.0}%{tx.1}", parts: [variable(.tx, "0"), variable(.tx, "1")]),
        Row(text: "%{REQUEST_HEADERS.User-Agent}", parts: [variable(.requestHeaders, "User-Agent")]),
        Row(text: "%{REQUEST_HEADERS:Accept}%", parts: [variable(.requestHeaders, "Accept"), literal("%")]),
        Row(text: "%{ARGS._charset_}", parts: [variable(.args, "_charset_")]),
        Row(text: "%{ARGS.a.b}", parts: [variable(.args, "a.b")]),
        Row(text: "%{ARGS}", parts: [variable(.args)]),
        Row(text: "100%", parts: [literal("100%")]),
        Row(text: "%x{tx.a}", parts: [literal("%x{tx.a}")]),
        Row(text: "i=[%{open", parts: [literal("i=[%{open")]),
        Row(text: "%%{tx.a}", parts: [literal("%"), variable(.tx, "a")]),
        Row(text: "%", parts: [literal("%")]),
        Row(text: "%{", parts: [literal("%{")]),
    ]

    @Test(arguments: rows) func parse(_ row: Row) {
        var diagnostics = diagnostics(for: row.text)
        #expect(MacroParser.parse(placed(row.text), into: &diagnostics).parts == row.parts)
        #expect(diagnostics.isEmpty)
    }

    @Test(arguments: [
        ("%{nonsense}", 3, "unknown variable `nonsense`"),
        ("x %{ARG.a}", 5, "unknown variable `ARG`, did you mean `ARGS`?"),
        ("%{}", 3, "expected a variable"),
        ("%{.a}", 3, "expected a variable"),
        ("%{tx.}", 3, "expected a key or /pattern/ behind `tx:`"),
        ("%{REQUEST_METHOD.x}", 3, "`REQUEST_METHOD` is a single value and has no keys"),
            ])
    func refused(_ text: String, _ column: Int, _ message: String) {
        var diagnostics = diagnostics(for: text)
        _ = MacroParser.parse(placed(text), into: &diagnostics)
        #expect(diagnostics.errors.map(\.description) == ["a.conf:1:\(column): error: \(message)"])
    }

    @Test(arguments: [
        ("%{tx.a}", "%{tx.a}"), ("^a%{tx.a}$", "%{tx.a}"), (#"\\%{x}"#, "%{x}"), ("%{}", "%{}"),
        (#"\%{tx.a}"#, nil), (#"%\{tx.a}"#, nil), ("%{2}", nil), ("%{2,5}", nil), ("%{open", nil),
        ("100%", nil), (#"\"#, nil),
    ])
    func inPatterns(_ pattern: String, _ macro: String?) {
        #expect(MacroParser.firstMacro(inPattern: placed(pattern))?.string == macro)
    }
}
