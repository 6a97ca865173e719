// Small patterns made at random, against PCRE2: what no author of a table would think of.

import Automata
import Bytes
import Testing

@Suite("Random patterns against PCRE2") struct RandomPatternTests {
    /// Options under which patterns are tried.
    static let options: [PatternOptions] = [
        PatternOptions(), PatternOptions(isCaseless: true), PatternOptions(isMultiline: true),
        PatternOptions(dotMatchesAll: false, dollarIsEndOnly: false),
    ]

    @Test(arguments: options.indices) func agree(_ index: Int) throws {
        let options = Self.options[index]
        var generator = PatternGenerator(seed: 20_260_000 + UInt64(index))
        let matcher = PatternMatcher(budgetBytes: 64 << 10)
        var (pairs, matches) = (0, 0)
        var differences: [String] = []
        for _ in 0..<1_500 {
            let pattern = generator.pattern()
            let oracle = PCRE2Oracle(Array(pattern.utf8), options: options)
            guard let compiled = try? CompiledPattern(pattern, options: options) else {
                if oracle != nil { differences.append("refused: \(pattern)") }
                continue
            }
            guard let oracle else {
                differences.append("accepted: \(pattern)")
                continue
            }
            for _ in 0..<8 {
                let subject = LastingBytes(generator.subject())
                let verdict = oracle.match(subject)
                if case .unknown = verdict { continue }
                pairs += 1
                let (agrees, groups) = matcher.groups(compiled, subject)
                let wanted = verdict == .match ? oracle.groups : nil
                if wanted != nil { matches += 1 }
                if !agrees || groups != wanted, differences.count < 10 {
                    differences.append(
                        "\(pattern) on \(subject.view.string.debugDescription): got \(groups as Any), "
                            + "want \(wanted as Any), agrees \(agrees)")
                }
            }
        }
        print("options \(index): \(pairs) pairs, \(matches) matches")
        #expect(differences == [])
        #expect(pairs > 10_000)
    }
}
