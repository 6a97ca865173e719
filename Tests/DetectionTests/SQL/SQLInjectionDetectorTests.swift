internal import Bytes
import Testing

@testable import Detection

@Suite("SQL injection: a value that does not stay a value") struct SQLInjectionDetectorTests {
    /// Text, fingerprint, and how the value was read.
    static let attacks: [LetterRow] = [
        LetterRow("7 or 8=8", "1&1"), LetterRow("-7 or 3 < 4 -- x", "1&1c"),
        LetterRow("ann' or 'x'='x", "s&sos", .singleQuote),
        LetterRow("ann\" or \"x\"=\"x", "s&sos", .doubleQuote, .mySQL),
        LetterRow("ann' or 7=7--", "s&1c", .singleQuote), LetterRow("ann'--", "sc", .singleQuote),
        LetterRow("ann' or 7=7#", "s&1c", .singleQuote, .mySQL),
        LetterRow("7 union select name, pass from users", "1UEnk"),
        LetterRow("7/**/union/**/select/**/8", "1UE1"),
        LetterRow("7) union all select 8,9--", "1)UE1"), LetterRow("7 uNiOn(select 8)", "1U(E1"),
        LetterRow("7;drop table users", "1;Tnn"),
        LetterRow("ann'; exec xp_cmdshell 'dir'", "s;Tns", .singleQuote),
        LetterRow("7 order by 9--", "1B1c"), LetterRow("7 group by x having 8=8", "1BnB1"),
        LetterRow("7 and sleep(9)", "1&f(1"), LetterRow("sleep(9)", "f(1)"),
        LetterRow("ann'+sleep(9)+'", "sof(1", .singleQuote),
        LetterRow("7 and (select 8 from dual)=8", "1&(E1"),
        LetterRow("(select name from users limit 8)", "EnknB"),
        LetterRow("ann'+'bob", "sos", .singleQuote), LetterRow("'='", "sos", .singleQuote),
        LetterRow("7 /*!50000union*/ select 8", "X"), LetterRow("7 /* /* */ or 8", "X"),
        LetterRow("ann' into outfile '/tmp/x", "sks", .singleQuote),
        LetterRow("7 and extractvalue(8, concat(9))", "1&f(1"),
        LetterRow("7 is null union select 8", "1ovUE"),
        LetterRow("ann' waitfor delay '0:0:9'--", "sEsc", .singleQuote),
        LetterRow("7--", "1c"), LetterRow("name/* x */", "nc"), LetterRow("7-- sp_password", "1c"),
        LetterRow("1 and json_extract(a, b)", "1&f(n"),
    ]

    @Test(arguments: attacks) func reported(_ row: LetterRow) {
        let finding = withView(row.text) { SQLInjectionDetector.detect($0) }
        #expect(finding?.fingerprint.text == row.letters)
        #expect(finding?.context == SQLContext(quoting: row.quoting, dialect: row.dialect))
    }

    static let harmless: [String] = [
        "", " ", "'", "\"", "7", "-7", "ann", "O'Neill", "it's ann's", "ann@example.com", "7 > 6", "a = b",
        "(7)",
        "rock and roll", "7 and up", "black or white", "select one of these", "the union of workers",
        "7 union",
        "please drop me a line", "where is the from field", "order by phone", "group photo", "limit 5",
        "7 of 9",
        "https://example.com/a?b=c&d=e#f", "2024-05-01T10:20:30Z", "C:\\dir\\file", "50% off", "a--b", "--",
        "-- hello",
        "#hashtag", "50 #1 hits", "say \"hello\" to 'them'", "5'11\"", "call (555) 123-4567", "<b>bold</b>",
        "{\"a\": [1, 2]}",
        "a;b;c", "x/y", "1,2,3", "union", "like this", "not like that", "null", "@ann", "$5.00", "e=mc^2",
        "admin",
        "0x7f", "cast of characters", "left or right", "insert coin", "create account", "update me", "f(x)",
        "user(name)",
        "O'Neill and Sons", "dungeons & dragons", "ann' * 7", "7\" disc",
    ]

    @Test(arguments: harmless) func letThrough(_ text: String) {
        #expect(withView(text) { Readings.fingerprint($0) } == "")
    }

    /// What stands before a value in a list or in arithmetic does not hide what follows.
    @Test(
        arguments: attacks.filter { $0.quoting == .asIs && $0.letters.hasPrefix("1") && $0.letters.count > 2 }
    )
    func arithmeticHidesNothing(_ row: LetterRow) {
        for prefix in ["3*", "3,", "(3)-", "3 - (2) + ", "+-~", "((", "/**/", "\u{0}\t"] {
            #expect(withView(prefix + row.text) { SQLInjectionDetector.detect($0) } != nil, "\(prefix)")
        }
    }
}

@Suite("Running text is no attack") struct SQLPlainTextTests {
    @Test("no shape is of names and numbers alone") func shapes() {
        for count in 1...SQLDetectionLimits.fingerprintTokens {
            for choice in 0..<(1 << count) {
                var statement = FoldedStatement()
                statement.count = count
                for index in 0..<count {
                    statement.tokens[index].type = choice >> index & 1 == 1 ? .number : .bareword
                }
                #expect(!SQLShapeTable.shared.matches(statement))
            }
        }
    }

    static let rows: [(text: String, isPlain: Bool)] = [
        ("", true), ("garden chair", true), ("oak337 garden714 Friday5", true), ("12 49.90\toak", true),
        ("1.2.3", false), ("12abc", false), ("1union", false), ("union", false), ("a UNION b", false),
        ("a.b", false), ("a`b", false), ("a-b", false), ("it's", false), ("n'x'", false), ("a$b", false),
        // The no-break space of Latin-1 is the second byte here.
        ("x  y\u{A0}", true), ("1 or 1", false), ("0x1F", false),
    ]

    @Test(arguments: rows) func tellsText(_ text: String, _ isPlain: Bool) {
        #expect(withView(text) { SQLPlainText.holds($0, SQLWordTable.shared) } == isPlain)
    }
}
