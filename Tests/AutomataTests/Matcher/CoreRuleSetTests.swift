// Every pattern of the core rule set against PCRE2, on thousands of values.

import Automata
import Bytes
import Testing

@Suite("Core rule set patterns against PCRE2", .enabled(if: ConformanceKit.isPresent))
struct CoreRuleSetTests {
    @Test func findsEveryPattern() throws {
        #expect(try CoreRuleSet.patterns().count == 318)
        #expect(try CoreRuleSet.distinctPatterns().count == 294)
    }

    @Test func programsAreSmall() throws {
        let programs = try CoreRuleSet.distinctPatterns().map { try CompiledPattern($0).program }
        let bytes = programs.reduce(0) { $0 + $1.byteCount }
        print("294 programs: \(bytes) bytes, largest \(programs.map(\.byteCount).max() ?? 0)")
        #expect(bytes < 3 << 20)
    }

    /// Yes and no, and the groups of every yes.
    @Test func agreesWithPCRE2() throws {
        let values = try ValueCorpus.values(mutations: 1).map { LastingBytes($0) }
        #expect(values.count > 5_000)
        let matcher = PatternMatcher()
        var (pairs, matches, unknown) = (0, 0, 0)
        var differences: [String] = []
        for pattern in try CoreRuleSet.distinctPatterns() {
            let compiled = try CompiledPattern(pattern)
            let oracle = try #require(PCRE2Oracle(pattern))
            for value in values {
                pairs += 1
                let verdict = oracle.match(value)
                if case .unknown = verdict {
                    unknown += 1
                    continue
                }
                let isMatch = matcher.matches(compiled.program, value.view)
                var ranges: Groups = []
                if isMatch {
                    matches += 1
                    #expect(matcher.captures(compiled.program, value.view, into: &ranges))
                }
                let isEqual = isMatch == (verdict == .match) && (!isMatch || ranges == oracle.groups)
                if !isEqual, differences.count < 20 {
                    differences.append(
                        "\(String(decoding: pattern.prefix(120), as: UTF8.self)) on \(value.view.array): "
                            + "\(ranges) \(oracle.groups)"
                    )
                }
            }
        }
        print("\(pairs) pairs, \(values.count) values, \(matches) matches, PCRE2 undecided \(unknown)")
        print("matcher: \(matcher.statistics)")
        #expect(differences == [])
        #expect(pairs == 294 * values.count)
        #expect(unknown < 50)
    }
}
