internal import Bytes
import Testing

@testable import Detection

@Suite("Any bytes: no trap, linear work") struct RobustnessTests {
    /// Pieces that meet in attacks; random sequences of them reach further than random bytes do.
    static let pieces: [String] = [
        "'", "\"", "`", "\\", "(", ")", "{", "}", "[", "]", ",", ";", ":", ".", "-", "--", "#", "/*", "*/",
        "/*!", "/", "*", "+", "=", "<", ">",
        "!", "&&", "||", "@", "@@", "$", "$a$", "$$", "q'", "x'", "u&'", "n'", "0x", "1", "1e", " ", "\n",
        "\u{0}", "select", "union", "all", "in",
        "like", "user", "if", "not", "and", "int", "collate", "a_b", "select(", "<a", "<!--", "-->", "<!",
        "<?", "<%", "%>", "<![CDATA[", "]]>",
        "href", "on", "onclick", "&#", "&#x41;", "data", "\u{A0}", "é",
    ]

    @Test func randomBytes() {
        var random = FixedRandom(state: 1)
        for _ in 0..<100_000 {
            let count = Int.random(in: 0...40, using: &random)
            detect((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) })
        }
    }

    @Test func randomPieces() {
        var random = FixedRandom(state: 2)
        for _ in 0..<100_000 {
            let count = Int.random(in: 0...12, using: &random)
            let text = (0..<count).map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
            detect(Array(text.utf8))
        }
    }

    private func detect(_ bytes: [UInt8]) {
        withView(bytes) { view in
            if let finding = SQLInjectionDetector.detect(view) {
                #expect((1...SQLDetectionLimits.fingerprintTokens).contains(finding.fingerprint.count))
            }
            if let finding = CrossSiteScriptingDetector.detect(view) {
                #expect(finding.range.upperBound <= view.count)
            }
        }
    }

    /// 64 KiB of one piece, and of three in turn: the folder takes a bounded number of turns for each
    /// token, and tokens are no more than bytes.
    @Test func foldingTakesBoundedStepsForEachToken() {
        var random = FixedRandom(state: 3)
        var inputs = Self.pieces.map { [$0] }
        for _ in 0..<150 {
            inputs.append((0..<3).map { _ in Self.pieces.randomElement(using: &random) ?? "" })
        }
        for unit in inputs {
            let bytes = Self.repeated(unit.joined())
            withView(bytes) { view in
                for quoting in [SQLQuoting.asIs, .singleQuote, .doubleQuote] {
                    for dialect in [SQLDialect.ansi, .mySQL] {
                        let statement = Readings.statement(view, quoting, dialect)
                        #expect(statement.tokensRead <= view.count)
                        #expect(statement.steps <= 8 * statement.tokensRead + 16, "\(unit)")
                    }
                }
            }
        }
    }

    /// Bytes looked at can not be counted from outside; time can, loosely: a quadratic step over 64 KiB
    /// takes seconds.
    @Test func sixtyFourKilobytesTakeMilliseconds() {
        let clock = ContinuousClock()
        for unit in Self.pieces + [
            "1,-", "&#1", "$ab$", "a.", "a`", "xy.union ", "on=1 ", "<a b=c ", "-\u{0}", "/**/", "1 and ",
            "'='",
        ] {
            let bytes = Self.repeated(unit)
            let time = clock.measure { detect(bytes) }
            #expect(time < .milliseconds(500), "\(unit)")
        }
    }

    private static func repeated(_ unit: String) -> [UInt8] {
        let unit = Array(unit.utf8)
        return (0..<65_536).map { unit[$0 % unit.count] }
    }
}
