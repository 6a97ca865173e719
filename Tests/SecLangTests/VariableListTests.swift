// The variables of a rule, as a tree.

import Testing

@testable import SecLang

@Suite("Variables: NAME, NAME:key, NAME:'key', NAME:/pattern/, &NAME, !NAME") struct VariableListTests {
    struct Row: CustomTestStringConvertible {
        var text: String
        /// Each as `!&name`, then `=key`, `~pattern` or `>path`.
        var variables: [String]
        var testDescription: String { text }
    }

    static let rows: [Row] = [
        Row(text: "ARGS", variables: ["ARGS"]),
        Row(text: "ARGS|TX", variables: ["ARGS", "TX"]),
        Row(text: "ARGS,TX", variables: ["ARGS", "TX"]),
        Row(text: " ARGS | TX ", variables: ["ARGS", "TX"]),
        Row(text: "ARGS:id", variables: ["ARGS=id"]),
        Row(text: "ARGS:a:b", variables: ["ARGS=a:b"]),
        Row(text: "&ARGS", variables: ["&ARGS"]),
        Row(text: "&TX:x|!ARGS:y", variables: ["&TX=x", "!ARGS=y"]),
        Row(text: "ARGS:'a b'", variables: ["ARGS=a b"]),
        Row(text: "ARGS:'a|b'|TX", variables: ["ARGS=a|b", "TX"]),
        Row(text: #"ARGS:'it\'s'"#, variables: ["ARGS=it's"]),
        Row(text: "ARGS:/^a|b/|TX", variables: ["ARGS~^a|b", "TX"]),
        Row(text: "ARGS:/a,b c/,TX", variables: ["ARGS~a,b c", "TX"]),
        Row(text: "ARGS:/a/b/|TX", variables: ["ARGS~a/b", "TX"]),
        Row(text: #"ARGS:/a\/|b/"#, variables: [#"ARGS~a\/|b"#]),
        Row(text: #"!ARGS:/^_ga(?:_\w+)?$/"#, variables: [#"!ARGS~^_ga(?:_\w+)?$"#]),
        Row(text: "ARGS:'/a b|c/'|TX", variables: ["ARGS~a b|c", "TX"]),
        Row(text: "ARGS:'/a'", variables: ["ARGS=/a"]),
        Row(text: "XML:/*|XML://@*|ARGS", variables: ["XML>/*", "XML>//@*", "ARGS"]),
        Row(text: "xml:/*", variables: ["xml>/*"]),
    ]

    static func describe(_ variable: VariableSyntax) -> String {
        let prefix = (variable.isExcluded ? "!" : "") + (variable.isCounted ? "&" : "")
        let selector =
            switch variable.selector {
            case .none: ""
            case .key(let text): "=" + text.string
            case .pattern(let text): "~" + text.string
            case .path(let text): ">" + text.string
            }
        return prefix + variable.name.string + selector
    }

    @Test(arguments: rows) func parse(_ row: Row) {
        var diagnostics = diagnostics(for: row.text)
        let variables = VariableListParser.parse(placed(row.text), into: &diagnostics)
        #expect(variables.map(Self.describe) == row.variables)
        #expect(diagnostics.isEmpty)
    }

    struct Refusal: CustomTestStringConvertible {
        var text: String
        var column: Int
        var message: String
        var testDescription: String { text }
    }

    static let refusals: [Refusal] = [
        Refusal(text: "", column: 1, message: "expected a variable"),
        Refusal(text: "ARGS|", column: 6, message: "expected a variable"),
        Refusal(text: "ARGS||TX", column: 6, message: "expected a variable"),
        Refusal(text: "!", column: 2, message: "expected a variable"),
        Refusal(text: "ARGS TX", column: 6, message: "expected `|` or the end of the variables"),
        Refusal(text: "ARGS:'a'b", column: 9, message: "expected `|` or the end of the variables"),
        Refusal(text: "ARGS:", column: 6, message: "expected a key or /pattern/ behind `ARGS:`"),
        Refusal(text: "ARGS:|TX", column: 6, message: "expected a key or /pattern/ behind `ARGS:`"),
        Refusal(text: "ARGS:''", column: 6, message: "expected a key or /pattern/ behind `ARGS:`"),
        Refusal(text: "ARGS://", column: 6, message: "expected a key or /pattern/ behind `ARGS:`"),
        Refusal(text: "ARGS:'a", column: 6, message: "missing closing quote `'`"),
        Refusal(text: "ARGS:/a", column: 6, message: "missing closing `/` of a pattern"),
        Refusal(text: #"ARGS:/a\/"#, column: 6, message: "missing closing `/` of a pattern"),
        Refusal(text: "!&ARGS", column: 1, message: "`!` and `&` can not be combined"),
    ]

    @Test(arguments: refusals) func refused(_ row: Refusal) {
        var diagnostics = diagnostics(for: row.text)
        _ = VariableListParser.parse(placed(row.text), into: &diagnostics)
        #expect(diagnostics.errors.map(\.description) == ["a.conf:1:\(row.column): error: \(row.message)"])
    }

    /// An error in one variable does not hide the others.
    @Test func goesOn() {
        var diagnostics = diagnostics(for: "ARGS:|TX|&!X|REQUEST_URI")
        let variables = VariableListParser.parse(placed("ARGS:|TX|&!X|REQUEST_URI"), into: &diagnostics)
        #expect(variables.map(Self.describe) == ["TX", "REQUEST_URI"])
        #expect(diagnostics.errors.count == 2)
    }
}
