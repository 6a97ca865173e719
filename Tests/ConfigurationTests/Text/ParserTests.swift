import Testing

@testable import Configuration

@Suite("Parser: tokens to a tree")
struct ParserTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var text: String
        var want: String
        var errors: [String] = []
        var testDescription: String { text }
    }

    static func outline(_ nodes: [DirectiveNode]) -> String {
        nodes.map { node in
            ([node.name] + node.arguments).map(\.text).joined(separator: " ")
                + (node.block.map { " {\(outline($0))}" } ?? ";")
        }.joined(separator: " ")
    }

    static func parse(_ bytes: [UInt8]) -> (outline: String, errors: [String]) {
        var diagnostics = Diagnostics()
        let nodes = Parser.parse(bytes, file: "f", &diagnostics)
        return (outline(nodes), diagnostics.sortedErrors.map(\.description))
    }

    static let rows: [Row] = [
        Row(text: "", want: ""),
        Row(text: "a; b c;", want: "a; b c;"),
        Row(text: "a { b; c d { } } e;", want: "a {b; c d {}} e;"),
        Row(
            text: ";", want: "",
            errors: [#"f:1:1: error: unexpected ";", expected the name of a directive"#]),
        Row(
            text: "{ a; } b;", want: "b;",
            errors: [#"f:1:1: error: unexpected "{", expected the name of a directive"#]),
        Row(
            text: "} a;", want: "a;",
            errors: [#"f:1:1: error: unexpected "}", expected the name of a directive"#]),
        Row(
            text: "a { b } c;", want: "a {b;} c;",
            errors: [#"f:1:7: error: unexpected "}", expected ";" or "{""#]),
        Row(
            text: "a", want: "a;",
            errors: [#"f:1:2: error: unexpected end of file, expected ";" or "{""#]),
        Row(
            text: "a {\n  b {", want: "a {b {}}",
            errors: [#"f:2:6: error: unexpected end of file, expected "}" for the block opened at f:2:5"#]),
        Row(
            text: "a { b", want: "a {b;}",
            errors: [#"f:1:6: error: unexpected end of file, expected ";" or "{""#]),
    ]

    @Test(arguments: rows) func tree(_ row: Row) {
        let found = Self.parse(Array(row.text.utf8))
        #expect(found.outline == row.want)
        #expect(found.errors == row.errors)
    }

    @Test func blocksAtTheLimitAndOnePast() {
        let limit = ConfigurationLimits.blockDepth
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "a{", count: depth) + String(repeating: "}", count: depth) + "z;").utf8)
        }
        #expect(Self.parse(nested(limit)).errors.isEmpty)
        let past = Self.parse(nested(limit + 1))
        #expect(past.errors == ["f:1:\(2 * limit + 2): error: more than \(limit) blocks inside one another"])
        #expect(past.outline.hasSuffix(" z;"), "what follows the block is still read")
        #expect(Self.parse(nested(100_000)).errors.count == 1)
        #expect(Self.parse(Array(String(repeating: "a{", count: 100_000).utf8)).errors.count == 1)
    }

    @Test func textThatIsNotUTF8() {
        #expect(Self.parse([0x61, 0xFF]).errors == ["f:1:1: error: the file is not UTF-8"])
    }

    @Test func aFileAtTheLimitAndOnePast() {
        let limit = ConfigurationLimits.fileBytes
        var bytes = [UInt8](repeating: UInt8(ascii: " "), count: limit)
        #expect(Self.parse(bytes).errors.isEmpty)
        bytes.append(UInt8(ascii: " "))
        #expect(Self.parse(bytes).errors == ["f:1:1: error: the file is larger than \(limit) bytes"])
    }
}
