// The cache: bounded, and without influence on answers.

import Automata
import Bytes
import Testing

@Suite("Budget of the lazy DFA") struct StateBudgetTests {
    /// Needs a state for each set of distances: far more than a small budget holds.
    static let greedyPattern = "(?:a|b)*a(?:a|b){10}c"

    static func subject(_ count: Int, seed: UInt64) -> [UInt8] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in Bool.random(using: &generator) ? 0x61 : 0x62 }
    }

    @Test func flushesAndGoesOn() throws {
        let compiled = try CompiledPattern(Self.greedyPattern)
        let small = PatternMatcher(budgetBytes: 32 << 10)
        let large = PatternMatcher(budgetBytes: 8 << 20)
        for seed in 0..<20 as Range<UInt64> {
            let noise = Self.subject(4_000, seed: seed)
            for tail in ["", "abababababac", "c"] {
                let subject = LastingBytes(noise + Array(tail.utf8))
                let answer = small.matches(compiled.program, subject.view)
                #expect(answer == large.matches(compiled.program, subject.view))
                #expect(small.statistics.cachedBytes <= 32 << 10)
            }
        }
        #expect(small.statistics.flushes > 0)
        #expect(large.statistics.flushes == 0)
    }

    /// One state larger than the whole budget is worked with all the same.
    @Test func statesLargerThanTheBudget() throws {
        let compiled = try CompiledPattern("(?:(?:x?){9000}y|z)+!")
        let matcher = PatternMatcher(budgetBytes: 0)
        #expect(matcher.matches(compiled.program, LastingBytes(Array("xxxxyz!".utf8)).view))
        #expect(!matcher.matches(compiled.program, LastingBytes(Array("xxxxz".utf8)).view))
        #expect(matcher.statistics.flushes > 0)
    }

    @Test func warmsUp() throws {
        let compiled = try CompiledPattern("\\bselect\\b.+?\\bfrom\\b")
        let matcher = PatternMatcher()
        let subject = LastingBytes("please select all items that come from here")
        #expect(matcher.matches(compiled.program, subject.view))
        let cold = matcher.statistics
        #expect(cold.misses > 0)
        #expect(matcher.matches(compiled.program, subject.view))
        #expect(matcher.statistics.misses == cold.misses)
        #expect(matcher.statistics.hits > cold.hits)
        #expect(matcher.statistics.states == cold.states)
    }

    /// A generation goes, and its memory gets other programs.
    @Test func forgets() throws {
        let matcher = PatternMatcher()
        let subject = LastingBytes("xaby")
        var memory = ByteBuffer(reserving: 64 << 10)
        for pattern in ["ab", "ba", "a.y", "^a", "b+y$"] {
            memory.removeAll(keepingCapacity: true)
            memory.append(contentsOf: try PatternCompiler.compile(Array(pattern.utf8)))
            let program = try PatternProgram(validating: memory.view)
            let isMatch = matcher.matches(program, subject.view)
            #expect(isMatch == (PCRE2Oracle(Array(pattern.utf8))?.match(subject) == .match))
            matcher.forgetAll()
            #expect(matcher.statistics.states == 0)
        }
    }

    /// Even without being told: what is kept of a program is found by its content too.
    @Test func otherProgramsAtTheSameAddress() throws {
        let matcher = PatternMatcher()
        let subject = LastingBytes("xaby")
        var memory = ByteBuffer(reserving: 64 << 10)
        for round in 0..<200 {
            let pattern = ["b+", "b*z", "bz?y", "[^b]z", "a+b"][round % 5]
            memory.removeAll(keepingCapacity: true)
            memory.append(contentsOf: try PatternCompiler.compile(Array(pattern.utf8)))
            let program = try PatternProgram(validating: memory.view)
            let isMatch = matcher.matches(program, subject.view)
            #expect(isMatch == (PCRE2Oracle(Array(pattern.utf8))?.match(subject) == .match), "\(pattern)")
        }
    }

    /// More programs than the directory starts with, all kept apart.
    @Test func manyPrograms() throws {
        let matcher = PatternMatcher()
        let all = try (0..<500).map { try CompiledPattern("^n\($0)$") }
        for _ in 0..<2 {
            for (number, compiled) in all.enumerated() {
                #expect(matcher.matches(compiled.program, LastingBytes("n\(number)").view))
                #expect(!matcher.matches(compiled.program, LastingBytes("n\(number + 1)").view))
            }
        }
    }
}
