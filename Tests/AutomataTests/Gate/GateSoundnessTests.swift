// A gate never rejects what matches.

import Automata
import Bytes
import Testing

extension ByteGate {
    /// What the store's rows decide for many gates at once, told for one.
    func admits(_ value: ByteView) -> Bool {
        var bytes = [UInt64](repeating: 0, count: 4)
        var neighbours = [UInt64](repeating: 0, count: BytePair.wordCount)
        for index in value.indices {
            bytes[Int(value[index] >> 6)] |= 1 << UInt64(value[index] & 63)
            guard index > 0 else { continue }
            let bucket = BytePair.bucket(value[index - 1], value[index])
            neighbours[bucket >> 6] |= 1 << UInt64(bucket & 63)
        }
        func intersect(_ left: [UInt64], _ right: [UInt64]) -> Bool { zip(left, right).contains { $0 & $1 != 0 } }
        return value.count >= minimumBytes && classes.allSatisfy { intersect($0, bytes) }
            && pairs.allSatisfy { intersect($0, neighbours) }
    }
}

@Suite("Gates of the core rule set", .enabled(if: ConformanceKit.isPresent)) struct GateSoundnessTests {
    @Test func patterns() throws {
        let values = try ValueCorpus.values(mutations: 1).map { LastingBytes($0) }
        let patterns = try CoreRuleSet.distinctPatterns()
        let matcher = PatternMatcher()
        var (pairs, matches, rejected) = (0, 0, 0)
        var wrong: [String] = []
        for pattern in patterns {
            let program = try CompiledPattern(pattern).program
            let gate = GateCompiler.pattern(pattern)
            for value in values {
                pairs += 1
                let isAdmitted = gate.admits(value.view)
                if !isAdmitted { rejected += 1 }
                guard matcher.matches(program, value.view) else { continue }
                matches += 1
                if !isAdmitted {
                    wrong.append("\(String(decoding: pattern.prefix(80), as: UTF8.self)) on \(value.view.array)")
                }
            }
        }
        print("gates: \(pairs) pairs, \(matches) matches, \(rejected) rejected")
        #expect(wrong.prefix(5) == [])
        #expect(patterns.count == 294 && pairs == 294 * values.count && matches > 100_000)
        // Without this they would be sound and useless.
        #expect(rejected > pairs / 2)
    }

    @Test func phraseLists() throws {
        let values = try ValueCorpus.values(mutations: 0).map { LastingBytes($0) }
        var (lists, matches) = (0, 0)
        for phrases in try CoreRuleSet.phraseLists() {
            lists += 1
            let bytes = LastingBytes(PhraseCompiler.compile(phrases))
            let program = try PhraseProgram(validating: bytes.view)
            let gate = GateCompiler.phrases(phrases)
            for value in values where program.firstMatch(in: value.view) != nil {
                matches += 1
                #expect(gate.admits(value.view), "\(value.view.string)")
            }
        }
        #expect(lists > 20 && matches > 1_000)
    }
}

@Suite("Gates: what a value must have") struct GateTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var pattern: String
        var admitted: [String]
        var rejected: [String]
        var testDescription: String { pattern }
    }

    static let rows: [Row] = [
        Row(pattern: "a<b", admitted: ["a<b", "xa<by"], rejected: ["", "a<", "ab", "<ab"]),
        Row(pattern: "(?i)<script", admitted: ["<SCRIPT>", "a <script"], rejected: ["script", "<scrip", "< script x"]),
        Row(pattern: "<a|>b", admitted: ["<a", ">b"], rejected: ["ab", "b<", "a>"]),
        Row(pattern: "<?a?", admitted: ["", "x"], rejected: []),
        Row(pattern: "(?:%[0-9]){3}", admitted: ["%1%2%3"], rejected: ["%1%2", "123456"]),
        Row(pattern: "^$", admitted: ["", "x"], rejected: []),
        Row(pattern: "x\\b<", admitted: ["x<"], rejected: ["<x", "x"]),
    ]

    @Test(arguments: rows) func patterns(_ row: Row) {
        let gate = GateCompiler.pattern(Array(row.pattern.utf8))
        for value in row.admitted { #expect(gate.admits(LastingBytes(value).view), "\(value)") }
        for value in row.rejected { #expect(!gate.admits(LastingBytes(value).view), "\(value)") }
    }

    /// What only PCRE2 can run, and what is no pattern, has no conditions.
    @Test(arguments: ["(?=a)b", "(a)\\1", "("]) func open(_ pattern: String) {
        #expect(GateCompiler.pattern(Array(pattern.utf8)) == .open)
    }

    @Test func literal() {
        let gate = GateCompiler.literal(Array("../".utf8))
        #expect(gate.minimumBytes == 3)
        #expect(gate.admits(LastingBytes("a/../b").view) && !gate.admits(LastingBytes("a/./b").view))
    }
}
