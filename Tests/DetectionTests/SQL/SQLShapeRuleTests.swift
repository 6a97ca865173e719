internal import Bytes
import Testing

@testable import Detection

@Suite("Shape rules: their letters and their table") struct SQLShapeRuleTests {
    @Test func lettersGroupsAndClasses() {
        let rule = SQLShapeRule("V[$&]k")
        #expect(rule.places.count == SQLDetectionLimits.fingerprintTokens)
        #expect(rule.places[0] == SQLTokenSet(.number, .bareword, .string, .variable))
        #expect(rule.places[1] == SQLTokenSet.end.union(SQLTokenSet(.logic)))
        #expect(rule.places[2] == SQLTokenSet(.keyword))
        #expect(rule.places[3] == .any && rule.places[4] == .any)
    }

    @Test func noRuleIsListedTwice() {
        let rules = SQLShapeRules.all.flatMap { $0.split { $0 == " " || $0 == "\n" } }
        #expect(Set(rules).count == rules.count)
    }

    /// The table, which takes all rules at once, against each rule by itself, over random
    /// shapes of up to five tokens.
    @Test func tableAgreesWithSingleRules() {
        let rules = SQLShapeRules.all.flatMap { $0.split { $0 == " " || $0 == "\n" } }.map {
            SQLShapeRule($0)
        }
        let types = SQLTokenType.allCases
        var random = FixedRandom(state: 7)
        for round in 0..<60_000 {
            var statement = FoldedStatement()
            statement.count = round % 6
            for index in 0..<statement.count {
                statement.tokens[index].type = types.randomElement(using: &random) ?? .number
            }
            let single = rules.contains { rule in
                (0..<SQLDetectionLimits.fingerprintTokens).allSatisfy { place in
                    rule.places[place].contains(
                        statement.type(at: place).map { Int($0.rawValue) } ?? SQLTokenSet.endIndex)
                }
            }
            #expect(SQLShapeTable.shared.matches(statement) == single)
        }
    }

    @Test func lettersAreDistinct() {
        #expect(Set(SQLTokenType.allCases.map(\.letter)).count == SQLTokenType.allCases.count)
    }
}
