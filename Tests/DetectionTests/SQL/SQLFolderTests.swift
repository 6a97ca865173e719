internal import Bytes
import Testing

@testable import Detection

@Suite("Folding: what does not change the shape of a fragment") struct SQLFolderTests {
    static let rows: [LetterRow] = [
        LetterRow("", ""),
        LetterRow("((( -- x\n", ""),
        LetterRow("((-5", "1"), LetterRow("+-~!5", "1"), LetterRow("int 5", "1"),
        LetterRow("'a' 'b' \"c\"", "s"), LetterRow("5;;;", "1;"),
        LetterRow("5 * 6 - 7", "1"), LetterRow("a * 6", "n"), LetterRow("@a * b", "v"),
        LetterRow("'a' * 6", "so1"),
        LetterRow("5, 6, 'a', b", "1"), LetterRow("5, -6, -7", "1"), LetterRow("5, (6)", "1"),
        LetterRow("5 - (6) ;", "1;"), LetterRow("a.`b`.c", "n"), LetterRow("select . b", "En"),
        LetterRow("a or b and c", "n&n"), LetterRow("a or not b", "n&n"), LetterRow("5::int", "1"),
        LetterRow("a is not null", "nov"), LetterRow("a not like 'b'", "nos"), LetterRow("like('a')", "f(s)"),
        LetterRow("'a' in (5)", "so(1)"), LetterRow("a in b", "nnn"), LetterRow("'a' not in (5)", "so(1)"),
        LetterRow("union  all\n/* x */distinct", "U"), LetterRow("group x by", "nnn"),
        LetterRow("group by", "B"),
        LetterRow("left outer join x", "kn"), LetterRow("left (x", "f(n"),
        LetterRow("user", "n"), LetterRow("user()", "f()"), LetterRow("user(x)", "n(n)"),
        LetterRow("current_user", "v"), LetterRow("current_user()", "f()"),
        LetterRow(";if 5=5", ";T1"), LetterRow("if(5", "f(1"),
        LetterRow("5 collate latin1_ci", "1At"), LetterRow("5 collate these", "1An"),
        LetterRow("\\%5", "1"), LetterRow("\\5", "1"),
        LetterRow("5))) or", "1)&"), LetterRow("select (((5", "E(1"),
        LetterRow("select {d 5}", "E1"), LetterRow("{``.``.id}", "{X"),
        LetterRow("select +5", "E1"), LetterRow("limit -(5", "B(1"), LetterRow("a, -sin(5)", "n,f(1"),
        LetterRow("5 -- x", "1c"), LetterRow("5 -- x\n6", "11"),
        LetterRow("a\" and 5=5 `", "s&1c", .doubleQuote, .mySQL),
        LetterRow("a n n n n n n", "nnnnn"),
    ]

    @Test(arguments: rows) func letters(_ row: LetterRow) {
        #expect(withView(row.text) { Readings.folded($0, row.quoting, row.dialect) } == row.letters)
    }

    /// The fragment fills the window at the limit and one past it; the shape never grows further.
    @Test func shapeIsBounded() {
        let limit = SQLDetectionLimits.fingerprintTokens
        for count in [limit - 1, limit, limit + 1, 10_000] {
            let text = Array(repeating: "n", count: count).joined(separator: " ")
            #expect(withView(text) { Readings.statement($0).count } == min(count, limit))
        }
    }

    @Test func readingStopsOnceTheShapeIsFull() {
        let text = Array(repeating: "n", count: 10_000).joined(separator: " ")
        withView(text) { view in
            let statement = Readings.statement(view)
            #expect(!statement.isWhole)
            #expect(statement.tokensRead <= SQLDetectionLimits.windowTokens + 1)
        }
    }
}
