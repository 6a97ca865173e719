// The actions of a rule, as a tree.

import Testing

@testable import SecLang

@Suite("Actions: name, name:value, name:'value'") struct ActionSyntaxTests {
    struct Row: CustomTestStringConvertible {
        var text: String
        var actions: [String]
        var testDescription: String { text }
    }

    static let rows: [Row] = [
        Row(text: "", actions: []),
        Row(text: "deny", actions: ["deny"]),
        Row(text: "id:1,deny", actions: ["id=1", "deny"]),
        Row(text: "  id:1 ,\t deny ", actions: ["id=1", "deny"]),
        Row(text: "id:1,", actions: ["id=1"]),
        Row(text: "id:'4'", actions: ["id=4"]),
        Row(text: "id: 4", actions: ["id=4"]),
        Row(text: "msg:'a, b',deny", actions: ["msg=a, b", "deny"]),
        Row(text: #"msg:'it\'s, ok'"#, actions: ["msg=it's, ok"]),
        Row(text: #"msg:'a\d\\'"#, actions: [#"msg=a\d\\"#]),
        Row(text: "msg:''", actions: ["msg="]),
        Row(text: "msg:a b ,deny", actions: ["msg=a b", "deny"]),
        Row(text: "setvar:tx.a=%{tx.b}:x", actions: ["setvar=tx.a=%{tx.b}:x"]),
        Row(text: "setvar:'tx.a=1,2'", actions: ["setvar=tx.a=1,2"]),
        Row(text: "setvar:!tx.a", actions: ["setvar=!tx.a"]),
        Row(text: "ctl:ruleRemoveTargetById=1;ARGS:a", actions: ["ctl=ruleRemoveTargetById=1;ARGS:a"]),
    ]

    static func describe(_ action: ActionSyntax) -> String {
        action.name.string + (action.value.map { "=" + $0.string } ?? "")
    }

    @Test(arguments: rows) func parse(_ row: Row) {
        var diagnostics = diagnostics(for: row.text)
        let actions = ActionSyntax.parseList(placed(row.text), into: &diagnostics)
        #expect(actions.map(Self.describe) == row.actions)
        #expect(diagnostics.isEmpty)
    }

    @Test(arguments: [
        (",deny", 1, "expected an action"),
        ("id:1,,deny", 6, "expected an action"),
        (":1", 1, "expected an action"),
        ("log deny", 5, "expected `,` or the end of the actions"),
        ("msg:'a'b,deny", 8, "expected `,` or the end of the actions"),
        ("deny,msg:'a", 10, "missing closing quote `'`"),
    ])
    func refused(_ text: String, _ column: Int, _ message: String) {
        var diagnostics = diagnostics(for: text)
        _ = ActionSyntax.parseList(placed(text), into: &diagnostics)
        #expect(diagnostics.errors.map(\.description) == ["a.conf:1:\(column): error: \(message)"])
    }
}
