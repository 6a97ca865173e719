// Every limit at its value and one past it.

import Automata
import Testing

@Suite("Limits of patterns") struct PatternLimitsTests {
    static func outcome(_ pattern: String, _ limits: PatternLimits) -> PatternError? {
        do {
            _ = try PatternCompiler.compile(Array(pattern.utf8), limits: limits)
            return nil
        } catch {
            return error
        }
    }

    @Test func patternBytes() {
        let limits = PatternLimits(patternBytes: 4)
        #expect(Self.outcome("aaaa", limits) == nil)
        #expect(Self.outcome("aaaaa", limits) == .tooLarge(what: .patternBytes, limit: 4))
    }

    @Test func nestingDepth() {
        func nested(_ depth: Int) -> String {
            String(repeating: "(?:", count: depth) + "a" + String(repeating: ")", count: depth)
        }
        #expect(Self.outcome(nested(250), PatternLimits()) == nil)
        #expect(Self.outcome(nested(251), PatternLimits()) == .tooLarge(what: .nestingDepth, limit: 250))
        #expect(Self.outcome(nested(50_000), PatternLimits()) == .tooLarge(what: .nestingDepth, limit: 250))
    }

    /// One instruction is the match itself.
    @Test func instructions() {
        let limits = PatternLimits(instructions: 11)
        #expect(Self.outcome("a{10}", limits) == nil)
        #expect(Self.outcome("a{11}", limits) == .tooLarge(what: .instructions, limit: 11))
        let most = PatternLimits.mostInstructions
        #expect(Self.outcome("a{\(most - 1)}", PatternLimits()) == nil)
        #expect(Self.outcome("a{\(most)}", PatternLimits()) == .tooLarge(what: .instructions, limit: most))
        #expect(PatternLimits(instructions: .max).instructions == most)
    }

    /// Products of counts do not overflow, whatever they multiply to.
    @Test(arguments: [
        "(?:(?:(?:a{65535}){65535}){65535}){65535}", "(?:(?:(?:(?:a?){60000}){60000}){60000}){60000}",
    ])
    func countsMultiply(_ pattern: String) {
        let most = PatternLimits.mostInstructions
        #expect(Self.outcome(pattern, PatternLimits()) == .tooLarge(what: .instructions, limit: most))
    }

    /// Repeating nothing is nothing.
    @Test func emptyRepeats() {
        #expect(Self.outcome("(?:(?:(?:(?:){65535}){65535}){65535}){65535}", PatternLimits()) == nil)
    }

    @Test func repetitions() {
        #expect(Self.outcome("a{65535}", PatternLimits()) == .tooLarge(what: .instructions, limit: 65_535))
        #expect(Self.outcome("a{65536}", PatternLimits()) == .syntax(offset: 1, reason: .repeatCountTooLarge))
    }

    @Test func groups() {
        let limits = PatternLimits(groups: 3)
        #expect(Self.outcome("(a)(b)(c)", limits) == nil)
        #expect(Self.outcome("(a)(b)(c)(d)", limits) == .tooLarge(what: .groups, limit: 3))
    }

    @Test func emptyLoopDepth() {
        func nested(_ depth: Int) -> String {
            String(repeating: "(?:", count: depth) + "a*" + String(repeating: ")*", count: depth)
        }
        let most = PatternLimits.deepestEmptyLoop
        #expect(Self.outcome(nested(most), PatternLimits()) == nil)
        #expect(
            Self.outcome(nested(most + 1), PatternLimits()) == .tooLarge(what: .emptyLoopDepth, limit: most))
    }
}
