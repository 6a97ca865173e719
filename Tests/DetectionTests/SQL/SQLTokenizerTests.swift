internal import Bytes
import Testing

@testable import Detection

/// A fragment and the letters that a step makes of it.
struct LetterRow: Sendable, CustomTestStringConvertible {
    var text: String
    var letters: String
    var quoting = SQLQuoting.asIs
    var dialect = SQLDialect.ansi

    init(
        _ text: String, _ letters: String, _ quoting: SQLQuoting = .asIs, _ dialect: SQLDialect = .ansi
    ) {
        self.text = text
        self.letters = letters
        self.quoting = quoting
        self.dialect = dialect
    }

    var testDescription: String { text }
}

@Suite("SQL tokens: MySQL 9, PostgreSQL 4.1, Transact-SQL and Oracle lexical rules") struct SQLTokenizerTests
{
    static let rows: [LetterRow] = [
        LetterRow("", ""),
        LetterRow(" \t\n\u{0}", ""),
        LetterRow("id", "n"),
        LetterRow("shop.orders", "n"),
        LetterRow("select.5", "E1"),
        LetterRow("null`x`", "vn"),
        LetterRow("SeLeCt", "E"),
        LetterRow("5", "1"), LetterRow("5.", "1"), LetterRow(".5", "1"), LetterRow(".", "."),
        LetterRow("5e3", "1"), LetterRow("5e-3", "1"), LetterRow("5e", "n"), LetterRow("5e+", "n"),
        LetterRow("0xA7", "1"), LetterRow("0xg", "nn"), LetterRow("0b10", "1"), LetterRow("0b2", "n1"),
        LetterRow("7d", "1"), LetterRow("7f union", "1U"), LetterRow("7dunion", "1U"),
        LetterRow("7days", "1n"),
        LetterRow("7union", "1U"),
        LetterRow("x'4142'", "1"), LetterRow("x'4g'", "ns"), LetterRow("b'01'", "1"), LetterRow("b'2'", "ns"),
        LetterRow("n'text'", "s"), LetterRow("e'te\\'xt'", "s"), LetterRow("e'", "ns"),
        LetterRow("u&'text'", "s"), LetterRow("u&x", "non"),
        LetterRow("q'[it's]' x", "sn"), LetterRow("nq'{it's}'x", "sn"), LetterRow("q' x '", "ns"),
        LetterRow("'it''s' x", "sn"), LetterRow("'it\\'s' x", "sn"), LetterRow("'it\\\\' x", "sn"),
        LetterRow("'open", "s"), LetterRow("\"a\"'b'", "ss"),
        LetterRow("$$text$$ x", "sn"), LetterRow("$tag$ te$x$t $tag$ x", "sn"), LetterRow("$tag$ open", "s"),
        LetterRow("$5.20", "1"), LetterRow("$name", "nn"), LetterRow("$", "n"),
        LetterRow("@name", "v"), LetterRow("@@name", "v"), LetterRow("@`na me`", "v"),
        LetterRow("@'na me'", "v"),
        LetterRow("@", "v"), LetterRow("@a,@b", "v,v"),
        LetterRow("`select`", "n"), LetterRow("`sleep`", "f"), LetterRow("[na me]x", "nn"),
        LetterRow("[open", "n"),
        LetterRow("\\N", "1"), LetterRow("\\n", "\\n"),
        LetterRow("a && b || c", "n&n&n"), LetterRow("a & b | c", "nonon"),
        LetterRow("a <=> b", "non"), LetterRow("a >= b", "non"), LetterRow("a == b", "noon"),
        LetterRow("a != b !< c", "nonon"), LetterRow("a := b", "non"), LetterRow("a : b", "n:n"),
        LetterRow("a::int", "not"), LetterRow("a ~* b", "noon"),
        LetterRow("a ^ b", "non"),
        LetterRow("({[;,.?", "({n"), LetterRow("};,.?]", "};,.??"),
        LetterRow("a -- rest\nb", "ncn"), LetterRow("a --rest\nb", "ncn"),
        LetterRow("a --rest\nb", "noonn", .asIs, .mySQL), LetterRow("a -- rest\nb", "ncn", .asIs, .mySQL),
        LetterRow("a #rest\nb", "nonn"), LetterRow("a #rest\nb", "ncn", .asIs, .mySQL),
        LetterRow("a /* rest */ b", "ncn"), LetterRow("a /* rest", "nc"), LetterRow("a / b", "non"),
        LetterRow("a /* /* b */ c", "nXn"), LetterRow("a /*! b */ c", "nXn"), LetterRow("/*/*/", "X"),
        LetterRow("it's", "sn", .singleQuote), LetterRow("'", "s", .singleQuote),
        LetterRow("a\" b", "sn", .doubleQuote), LetterRow("a''b' c", "sn", .singleQuote),
        LetterRow("no quote", "s", .singleQuote),
    ]

    @Test(arguments: rows) func letters(_ row: LetterRow) {
        #expect(withView(row.text) { Readings.tokens($0, row.quoting, row.dialect) } == row.letters)
    }

    /// Tokens lie in order, inside the input, and none but a last one without an end reaches past another.
    @Test(arguments: rows) func tokensLieInOrder(_ row: LetterRow) {
        withView(row.text) { view in
            var tokenizer = SQLTokenizer(
                view, context: SQLContext(quoting: row.quoting, dialect: row.dialect), words: .shared)
            var position = 0
            while let token = tokenizer.next() {
                #expect(token.start >= position && token.start <= token.end && token.end <= view.count)
                #expect(
                    tokenizer.position >= token.end && tokenizer.position > position || token.byteCount == 0)
                position = tokenizer.position
            }
        }
    }
}
