// All shape rules, matched at once.

/// The shape rules as bit sets: for each place and each token type the rules that allow it there.
///
/// A fragment matches when the intersection over its places is not empty: five loads whatever the number
/// of rules.
struct SQLShapeTable: Sendable {
    /// Lanes of 64 rules each.
    private typealias Rules = SIMD8<UInt64>

    static let shared = SQLShapeTable(texts: SQLShapeRules.all)

    private var allowed: [Rules]
    private static let symbols = SQLTokenSet.endIndex + 1

    init(texts: [String]) {
        allowed = [Rules](
            repeating: Rules(repeating: 0), count: Self.symbols * SQLDetectionLimits.fingerprintTokens)
        let rules = texts.flatMap { $0.split { $0 == " " || $0 == "\n" } }.map { SQLShapeRule($0) }
        precondition(rules.count <= Rules.scalarCount * 64, "more shape rules than bits")
        for (number, rule) in rules.enumerated() {
            for (place, set) in rule.places.enumerated() {
                for symbol in 0..<Self.symbols where set.contains(symbol) {
                    allowed[place * Self.symbols + symbol][number / 64] |= 1 << UInt64(number % 64)
                }
            }
        }
    }

    /// Whether the folded fragment has the shape of an attack.
    func matches(_ statement: FoldedStatement) -> Bool {
        var alive = Rules(repeating: .max)
        for place in 0..<SQLDetectionLimits.fingerprintTokens {
            let symbol = statement.type(at: place).map { Int($0.rawValue) } ?? SQLTokenSet.endIndex
            alive &= allowed[place * Self.symbols + symbol]
        }
        return alive != Rules(repeating: 0)
    }
}
