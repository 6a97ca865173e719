import Testing

@testable import Configuration

@Suite("Lexer: ngx_conf_read_token")
struct LexerTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var text: String
        var want: [String]
        var errors: [String] = []
        var testDescription: String { text }
    }

    /// Tokens as text: words in brackets.
    static func tokens(_ text: String) -> (tokens: [String], errors: [String]) {
        var lexer = Lexer(Array(text.utf8), file: "f")
        var tokens: [String] = []
        while true {
            switch lexer.next().kind {
            case .word(let word): tokens.append("[\(word)]")
            case .semicolon: tokens.append(";")
            case .blockStart: tokens.append("{")
            case .blockEnd: tokens.append("}")
            case .endOfFile: return (tokens, lexer.errors.map(\.description))
            }
        }
    }

    static let rows: [Row] = [
        Row(text: "", want: []),
        Row(text: " \t\r\n", want: []),
        Row(text: "# only a comment", want: []),
        Row(text: "a b;", want: ["[a]", "[b]", ";"]),
        Row(text: "a\tb\r\nc;", want: ["[a]", "[b]", "[c]", ";"]),
        Row(text: "a{b;}", want: ["[a]", "{", "[b]", ";", "}"]),
        Row(text: "a # { ; }\nb;", want: ["[a]", "[b]", ";"]),
        Row(text: "a#b;", want: ["[a#b]", ";"]),
        Row(text: "a}b;", want: ["[a}b]", ";"]),
        Row(text: "a\"b\"c;", want: ["[a\"b\"c]", ";"]),
        Row(text: "\"a b\" 'c;d{}#';", want: ["[a b]", "[c;d{}#]", ";"]),
        Row(text: "\"\" '';", want: ["[]", "[]", ";"]),
        Row(text: "\"a'b\" 'a\"b';", want: ["[a'b]", "[a\"b]", ";"]),
        Row(text: "\"a\\\"b\" 'a\\'b' a\\\\b;", want: ["[a\"b]", "[a'b]", "[a\\b]", ";"]),
        Row(text: #"a\tb\nc\rd;"#, want: ["[a\tb\nc\rd]", ";"]),
        Row(text: #"\.(gif|jpg)$ \d+;"#, want: [#"[\.(gif|jpg)$]"#, #"[\d+]"#, ";"]),
        Row(text: #"a\ b\;c\{d\}e;"#, want: [#"[a\ b\;c\{d\}e]"#, ";"]),
        Row(text: "$a ${b}c d${e}f;", want: ["[$a]", "[${b}c]", "[d${e}f]", ";"]),
        Row(text: "$a{", want: ["[$a]", "{"]),
        Row(text: "$ {", want: ["[$]", "{"]),
        Row(text: "\"a\"{", want: ["[a]", "{"]),
        Row(text: "\"a\nb\";", want: ["[a\nb]", ";"]),
        Row(text: "\u{FEFF}a;", want: ["[a]", ";"]),
        Row(text: "é 名;", want: ["[é]", "[名]", ";"]),
        Row(
            text: "a \"b;", want: ["[a]", "[b;]"],
            errors: ["f:1:3: error: the quote \" has no end"]),
        Row(text: "'", want: ["[]"], errors: ["f:1:1: error: the quote ' has no end"]),
        Row(
            text: "\"a\"b;", want: ["[a]", "[b]", ";"],
            errors: [#"f:1:4: error: unexpected "b", expected a blank, ";" or "{" behind the quote"#]),
        Row(
            text: "\"a\"}", want: ["[a]", "}"],
            errors: [#"f:1:4: error: unexpected "}", expected a blank, ";" or "{" behind the quote"#]),
        Row(
            text: "a\u{1}b;", want: ["[a\u{1}b]", ";"],
            errors: ["f:1:2: error: control character 1 in the text"]),
        Row(text: "a\\", want: ["[a\\]"]),
    ]

    @Test(arguments: rows) func tokens(_ row: Row) {
        let found = Self.tokens(row.text)
        #expect(found.tokens == row.want)
        #expect(found.errors == row.errors)
    }

    @Test func placesCountLinesAndCharacters() {
        var lexer = Lexer(Array("a é名 b\n\t\"x\ny\" z;".utf8), file: "f")
        var places: [String] = []
        while true {
            let token = lexer.next()
            places.append("\(token.location)")
            if token.kind == .endOfFile { break }
        }
        #expect(places == ["f:1:1", "f:1:3", "f:1:6", "f:2:2", "f:3:4", "f:3:5", "f:3:6"])
    }

    @Test func aWordAtTheLimitAndOnePast() {
        let limit = ConfigurationLimits.wordBytes
        #expect(Self.tokens(String(repeating: "a", count: limit)).errors.isEmpty)
        #expect(
            Self.tokens(String(repeating: "a", count: limit + 1)).errors
                == ["f:1:1: error: a word longer than \(limit) bytes: is a quote missing?"])
    }
}
