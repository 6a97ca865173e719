// Every pattern of the core rule set on every value of its regression tests: the matcher, PCRE2 and RE2.

import Automata
import Bytes
import Foundation
import TestCorpus
import Testing

@Suite("Core rule set patterns on the requests of its tests", .enabled(if: ConformanceKit.isPresent))
struct OracleTests {
    /// PCRE2 may backtrack so often; where that is not enough it does not know.
    static var backtrackingSteps: UInt32 { 1_000_000 }

    static func values() throws -> [LastingBytes] {
        let folder = try #require(ConformanceKit.root).appendingPathComponent("ftw").path
        return RequestCorpus.values(of: try RequestCorpus.requests(in: folder)).map { LastingBytes($0) }
    }

    /// The first so many of what went wrong, for the report of a failure.
    struct Differences {
        private(set) var texts: [String] = []

        mutating func add(_ pattern: [UInt8], _ value: LastingBytes, _ ours: Groups?, _ theirs: Groups?) {
            guard texts.count < 20 else { return }
            texts.append(
                "\(String(decoding: pattern.prefix(100), as: UTF8.self)) on "
                    + "\(value.view.string.prefix(99).debugDescription): \(ours as Any), not \(theirs as Any)"
            )
        }
    }

    private static func answer(
        _ matcher: PatternMatcher, _ pattern: CompiledPattern, _ value: LastingBytes
    ) -> Groups? {
        guard matcher.matches(pattern.program, value.view) else { return nil }
        var groups: Groups = []
        // Where the two searches of the matcher contradict each other no oracle agrees with this.
        return matcher.captures(pattern.program, value.view, into: &groups) ? groups : []
    }

    /// Whether it matches, and the bounds of all groups.
    @Test func agreesWithPCRE2() throws {
        let values = try Self.values()
        let patterns = try CoreRuleSet.distinctPatterns()
        let matcher = PatternMatcher()
        var (pairs, matches, groups, undecided) = (0, 0, 0, 0)
        var differences = Differences()
        for pattern in patterns {
            let compiled = try CompiledPattern(pattern)
            let oracle = try #require(PCRE2Oracle(pattern, steps: Self.backtrackingSteps))
            for value in values {
                pairs += 1
                let verdict = oracle.match(value)
                if case .unknown = verdict {
                    undecided += 1
                    continue
                }
                let ours = Self.answer(matcher, compiled, value)
                let theirs = verdict == .match ? oracle.groups : nil
                if let theirs {
                    matches += 1
                    groups += theirs.count - 1
                }
                if ours != theirs { differences.add(pattern, value, ours, theirs) }
            }
        }
        print(
            "PCRE2: \(patterns.count) patterns, \(values.count) values, \(pairs) pairs, \(matches) matches, "
                + "\(groups) groups, undecided \(undecided)")
        #expect(differences.texts == [])
        #expect(patterns.count == 294 && values.count > 10_000 && pairs == patterns.count * values.count)
        #expect(matches > 140_000 && groups > 30_000)
        #expect(undecided < pairs / 10_000)
    }

    /// Whether it matches, and where.
    @Test func agreesWithRE2() throws {
        let values = try Self.values()
        let patterns = try CoreRuleSet.distinctPatterns()
        let matcher = PatternMatcher()
        var (pairs, matches, leftOut) = (0, 0, 0)
        var refused: [String] = []
        var differences = Differences()
        for pattern in patterns {
            guard let oracle = RE2Oracle(pattern) else {
                refused.append(String(decoding: pattern.prefix(80), as: UTF8.self))
                continue
            }
            let compiled = try CompiledPattern(pattern)
            for value in values {
                pairs += 1
                guard oracle.isJudge(of: value) else {
                    leftOut += 1
                    continue
                }
                let ours = Self.answer(matcher, compiled, value)
                let theirs = oracle.matches(value) ? oracle.groups(value) : nil
                if theirs != nil { matches += 1 }
                if ours.map({ Array($0.prefix(10)) }) != theirs {
                    differences.add(pattern, value, ours, theirs)
                }
            }
        }
        print(
            "RE2: \(patterns.count - refused.count) patterns, \(pairs) pairs, \(matches) matches, "
                + "\(leftOut) left out for VT, refused \(refused)")
        #expect(differences.texts == [])
        #expect(pairs == (patterns.count - refused.count) * values.count && refused.count <= 5)
        #expect(matches > 140_000 && leftOut < pairs / 1_000)
    }
}
