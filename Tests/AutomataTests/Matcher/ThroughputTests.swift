// Time beside PCRE2's, in one run. Asked for by WAFD_BENCHMARKS=1; prints, judges nothing.

import Automata
import Bytes
import Foundation
import Testing

@Suite(
    "Throughput", .serialized,
    .enabled(if: ProcessInfo.processInfo.environment["WAFD_BENCHMARKS"] == "1" && ConformanceKit.isPresent))
struct ThroughputTests {
    /// All patterns over all values, value by value as a worker does it, after a first round.
    @Test(arguments: [1, 4, 64]) func shortValues(_ budgetMebibytes: Int) throws {
        let values = try ValueCorpus.values(mutations: 0).map { LastingBytes($0) }
        let patterns = try CoreRuleSet.distinctPatterns()
        let compiled = try patterns.map { try CompiledPattern($0) }
        let oracles = patterns.compactMap { PCRE2Oracle($0) }
        let matcher = PatternMatcher(budgetBytes: budgetMebibytes << 20)
        let clock = ContinuousClock()
        for byPattern in [true, false] {
            var ours: [Duration] = []
            var theirs: [Duration] = []
            for _ in 0..<4 {
                var (matches, oracleMatches) = (0, 0)
                ours.append(
                    clock.measure {
                        Self.forEachPair(values.count, compiled.count, byPattern: byPattern) {
                            value, pattern in
                            if matcher.matches(compiled[pattern].program, values[value].view) { matches += 1 }
                        }
                    })
                theirs.append(
                    clock.measure {
                        Self.forEachPair(values.count, oracles.count, byPattern: byPattern) {
                            value, pattern in
                            if oracles[pattern].match(values[value]) == .match { oracleMatches += 1 }
                        }
                    })
                #expect(matches == oracleMatches)
            }
            let (best, oracleBest) = (ours.dropFirst().min() ?? .zero, theirs.dropFirst().min() ?? .zero)
            let pairs = values.count * compiled.count
            print(
                "\(budgetMebibytes) MiB, by \(byPattern ? "pattern" : "value"): \(pairs) pairs, "
                    + "ours \(best / pairs), PCRE2 \(oracleBest / pairs), ratio \(best / oracleBest)")
            print("  \(matcher.statistics)")
        }
    }

    static func forEachPair(_ values: Int, _ patterns: Int, byPattern: Bool, _ body: (Int, Int) -> Void) {
        if byPattern {
            for pattern in 0..<patterns { for value in 0..<values { body(value, pattern) } }
        } else {
            for value in 0..<values { for pattern in 0..<patterns { body(value, pattern) } }
        }
    }

    @Test func validation() throws {
        let programs = try CoreRuleSet.distinctPatterns().map {
            LastingBytes(try PatternCompiler.compile($0))
        }
        var groups = 0
        let time = try ContinuousClock().measure {
            for program in programs { groups += try PatternProgram(validating: program.view).groupCount }
        }
        let patterns = try CoreRuleSet.distinctPatterns()
        let compileTime = try ContinuousClock().measure {
            for pattern in patterns { groups += try PatternCompiler.compile(pattern).count }
        }
        print("294 programs: validated in \(time), compiled in \(compileTime) (\(groups))")
    }
}
