// Splitting of a directive's arguments.

import Testing

@testable import SecLang

@Suite("Arguments: \"...\", '...' and bare words") struct ArgumentSplitterTests {
    struct Row: CustomTestStringConvertible {
        var line: String
        var words: [String]
        var testDescription: String { line }
    }

    static let rows: [Row] = [
        Row(line: "A", words: ["A"]),
        Row(line: "A b  \t c", words: ["A", "b", "c"]),
        Row(line: "A \"b c\" d", words: ["A", "b c", "d"]),
        Row(line: "A 'b c' d", words: ["A", "b c", "d"]),
        Row(line: "A \"\"", words: ["A", ""]),
        Row(line: #"A "say \"hi\"""#, words: ["A", #"say "hi""#]),
        Row(line: #"A 'it\'s'"#, words: ["A", "it's"]),
        Row(line: #"A "it\'s""#, words: ["A", #"it\'s"#]),
        Row(line: #"A "\d\\\.""#, words: ["A", #"\d\\\."#]),
        Row(line: #"A "x\\" b"#, words: ["A", #"x\\"#, "b"]),
        Row(line: #"A "x\\\"" b"#, words: ["A", #"x\\""#, "b"]),
        Row(line: #"A "a""b""#, words: ["A", "a", "b"]),
        Row(line: #"A b"c d"e"#, words: ["A", #"b"c"#, #"d"e"#]),
        Row(line: #"A "b c"#, words: ["A", "b c"]),
        Row(line: #"A 'b\'"#, words: ["A", "b'"]),
        Row(line: #"A ""#, words: ["A", ""]),
        Row(line: #"A x\"y"#, words: ["A", #"x\"y"#]),
        Row(line: "A ARGS:'a b'|TX:'c d' e", words: ["A", "ARGS:'a b'|TX:'c d'", "e"]),
        Row(line: #"A ARGS:'a\' b' e"#, words: ["A", #"ARGS:'a\' b'"#, "e"]),
        Row(line: "A ARGS:'a b e", words: ["A", "ARGS:'a", "b", "e"]),
        Row(line: "A it's so", words: ["A", "it's", "so"]),
        Row(line: "A \"ARGS:'a b'\"", words: ["A", "ARGS:'a b'"]),
    ]

    @Test(arguments: rows) func split(_ row: Row) {
        var diagnostics = diagnostics(for: row.line)
        let words = ArgumentSplitter.split(placed(row.line), into: &diagnostics)
        #expect(words?.map(\.string) == row.words)
        #expect(diagnostics.isEmpty)
    }

    /// A line cut anywhere splits into words or is refused: no cut reads past the end.
    @Test(arguments: rows) func everyPrefix(_ row: Row) {
        for cut in 1..<row.line.utf8.count {
            let text = placed(String(decoding: Array(row.line.utf8)[..<cut], as: UTF8.self))
            var diagnostics = diagnostics(for: row.line)
            let words = ArgumentSplitter.split(text, into: &diagnostics)
            #expect((words == nil) == !diagnostics.isEmpty)
        }
    }

    @Test func textBehindQuote() {
        #expect(
            errors(#"SecMarker "a"b" c"#) == [
                "a.conf:1:14: error: text right behind a closing quote; "
                    + #"a quote inside an argument is written `\"`"#
            ])
    }
}
