// Quantifiers: `*`, `+`, `?` and counts, greedy or lazy.

internal import Bytes

extension PatternParser {
    struct Quantifier {
        var minimum: Int
        /// nil: without end.
        var maximum: Int?
        var isGreedy = true
    }

    /// The quantifier that stands here, nil when there is none.
    mutating func parseQuantifier(isAllowed: Bool) throws(PatternError) -> Quantifier? {
        guard !isQuoting, index < pattern.count else { return nil }
        let start = index
        var quantifier: Quantifier
        switch pattern[index] {
        case UInt8(ascii: "*"): quantifier = Quantifier(minimum: 0, maximum: nil)
        case UInt8(ascii: "+"): quantifier = Quantifier(minimum: 1, maximum: nil)
        case UInt8(ascii: "?"): quantifier = Quantifier(minimum: 0, maximum: 1)
        case UInt8(ascii: "{"):
            guard let counts = scanCounts() else { return nil }
            quantifier = try check(counts, at: start)
            index -= 1
        default: return nil
        }
        index += 1
        guard isAllowed else { throw syntax(.nothingToRepeat, at: start) }
        if take("+") {
            throw .notRegular(offset: index - 1, construct: .possessiveQuantifier)
        }
        quantifier.isGreedy = take("?") == flags.swapsGreed
        return quantifier
    }

    /// What stands in braces, not yet judged. Counts saturate just above the limit.
    struct Counts {
        var minimum: Int
        var maximum: Int?
    }

    /// Consumes `{n}`, `{n,}` or `{n,m}`. Any other brace is a literal (PCRE2 before 10.43 has
    /// no `{,m}`): nil then, and nothing is consumed.
    mutating func scanCounts() -> Counts? {
        let start = index
        index += 1
        if let minimum = scanNumber() {
            if take("}") { return Counts(minimum: minimum, maximum: minimum) }
            if take(",") {
                if take("}") { return Counts(minimum: minimum, maximum: nil) }
                if let maximum = scanNumber(), take("}") {
                    return Counts(minimum: minimum, maximum: maximum)
                }
            }
        }
        index = start
        return nil
    }

    private mutating func scanNumber() -> Int? {
        let start = index
        var number = 0
        while index < pattern.count, ASCII.isDigit(pattern[index]) {
            number = min(number * 10 + Int(pattern[index] & 0x0F), PatternLimits.mostRepetitions + 1)
            index += 1
        }
        return index > start ? number : nil
    }

    private func check(_ counts: Counts, at start: Int) throws(PatternError) -> Quantifier {
        guard max(counts.minimum, counts.maximum ?? 0) <= PatternLimits.mostRepetitions else {
            throw syntax(.repeatCountTooLarge, at: start)
        }
        if let maximum = counts.maximum, maximum < counts.minimum {
            throw syntax(.repeatCountsOutOfOrder, at: start)
        }
        return Quantifier(minimum: counts.minimum, maximum: counts.maximum)
    }
}
