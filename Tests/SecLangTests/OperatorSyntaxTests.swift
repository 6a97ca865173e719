// The operator of a rule, as a tree.

import Testing

@testable import SecLang

@Suite("Operator: @name argument, !@name argument, argument, !argument") struct OperatorSyntaxTests {
    struct Row: CustomTestStringConvertible {
        var text: String
        var name: String?
        var isNegated = false
        var argument: String
        var testDescription: String { text }
    }

    static let rows: [Row] = [
        Row(text: "@rx ^a", name: "rx", argument: "^a"),
        Row(text: "  @streq   a b ", name: "streq", argument: "a b "),
        Row(text: "!@rx x", name: "rx", isNegated: true, argument: "x"),
        Row(text: "! @rx x", name: "rx", isNegated: true, argument: "x"),
        Row(text: "x y", name: nil, argument: "x y"),
        Row(text: "!x", name: nil, isNegated: true, argument: "x"),
        Row(text: "a@b", name: nil, argument: "a@b"),
        Row(text: "", name: nil, argument: ""),
        Row(text: "@unconditionalMatch", name: "unconditionalMatch", argument: ""),
        Row(text: "@rx @", name: "rx", argument: "@"),
    ]

    @Test(arguments: rows) func parse(_ row: Row) {
        var diagnostics = diagnostics(for: row.text)
        let syntax = OperatorSyntax.parse(placed(row.text), into: &diagnostics)
        #expect(syntax.name?.string == row.name)
        #expect(syntax.isNegated == row.isNegated)
        #expect(syntax.argument.string == row.argument)
        #expect(diagnostics.isEmpty)
    }

    @Test func nameless() {
        #expect(
            errors("SecRule ARGS \"@ x\" \"id:1\"")
                == ["a.conf:1:16: error: expected the name of an operator behind `@`"])
    }
}
