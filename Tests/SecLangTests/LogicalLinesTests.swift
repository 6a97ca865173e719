// Joining of lines and the places that survive it.

import Testing

@testable import SecLang

@Suite("Logical lines: `\\` joins, `#` begins a comment line") struct LogicalLinesTests {
    struct Row: CustomTestStringConvertible {
        var name: String
        var text: String
        var lines: [String]
        var testDescription: String { name }
    }

    static let rows: [Row] = [
        Row(name: "nothing", text: "", lines: []),
        Row(name: "one line without an end", text: "SecMarker A", lines: ["SecMarker A"]),
        Row(name: "blanks around", text: "  SecMarker A \t\n", lines: ["SecMarker A"]),
        Row(name: "empty lines", text: "\n \nA\n\n\nB\n", lines: ["A", "B"]),
        Row(name: "CRLF", text: "A\r\n# c\r\nB \\\r\nC\r\n", lines: ["A", "B C"]),
        Row(name: "comment", text: "# one\nA\n   #two\nB", lines: ["A", "B"]),
        Row(name: "a # behind other text is no comment", text: "A # b", lines: ["A # b"]),
        Row(name: "joined, indentation kept", text: "A \\\n    b \\\n  c\nD", lines: ["A     b   c", "D"]),
        Row(name: "joined inside a word", text: "AB\\\nCD", lines: ["ABCD"]),
        Row(name: "a comment is joined too", text: "#SecRule A \\\n  \"b\" \\\n  \"c\"\nD", lines: ["D"]),
        Row(name: "a `\\` and a blank do not join", text: "A \\ \nB", lines: ["A \\", "B"]),
        Row(name: "`\\` at the end of the file", text: "A \\", lines: ["A"]),
        Row(name: "joined with an empty line", text: "A \\\n\nB", lines: ["A", "B"]),
        Row(name: "byte order mark", text: "\u{FEFF}A", lines: ["A"]),
    ]

    @Test(arguments: rows) func lines(_ row: Row) {
        let file = SourceFile(path: "a.conf", bytes: Array(row.text.utf8))
        #expect(LogicalLines(of: file, number: 0).map(\.string) == row.lines)
    }

    /// Each byte of a joined line knows its physical place.
    @Test func places() throws {
        let file = SourceFile(path: "a.conf", bytes: Array("# x\n A \\\r\n\tbc\\\nd\n".utf8))
        let line = try #require(LogicalLines(of: file, number: 0).first { _ in true })
        #expect(line.string == "A \tbcd")
        let places = (0...line.count).map { file.place(of: line.offset(at: $0)) }
        #expect(
            places.map { "\($0.line):\($0.column)" } == ["2:2", "2:3", "3:1", "3:2", "3:3", "4:1", "4:2"])
    }
}
