// Time linear in the subject, for every pattern: counted in steps, not in seconds.

import Automata
import Bytes
import TestCorpus
import Testing

@Suite("Linear time on hostile subjects", .enabled(if: ConformanceKit.isPresent))
struct LinearityTests {
    /// Bytes that make backtracking matchers cubic.
    static let alphabets = [
        "\r\n", "(", " ", "'\"`", "\\", "a ", "=!<>&|", "<a ='\">", "selectunion (*/),", ";$IFS{}(\n",
        "0123456789.x",
    ]

    static func subject(_ alphabet: String, count: Int) -> LastingBytes {
        var generator = SeededGenerator(seed: 99)
        let letters = Array(alphabet.utf8)
        return LastingBytes((0..<count).map { _ in letters.randomElement(using: &generator) ?? 0 })
    }

    /// Work that four times the bytes take is at most four times as much, and a little for
    /// states that turn up late. A quadratic matcher would need sixteen times as much.
    @Test(arguments: alphabets) func answers(_ alphabet: String) throws {
        let (short, long) = (Self.subject(alphabet, count: 16 << 10), Self.subject(alphabet, count: 64 << 10))
        for pattern in try CoreRuleSet.distinctPatterns() {
            let compiled = try CompiledPattern(pattern)
            func work(_ subject: LastingBytes) -> UInt64 {
                let matcher = PatternMatcher()
                _ = matcher.matches(compiled.program, subject.view)
                return matcher.statistics.steps + matcher.statistics.hits
            }
            let (few, many) = (work(short), work(long))
            #expect(
                many <= 5 * few + 100_000,
                "\(String(decoding: pattern.prefix(60), as: UTF8.self)): \(few), \(many)")
            #expect(many < 200 * 64 << 10)
        }
    }

    @Test(arguments: alphabets) func captures(_ alphabet: String) throws {
        let (short, long) = (Self.subject(alphabet, count: 1 << 10), Self.subject(alphabet, count: 4 << 10))
        for pattern in try CoreRuleSet.distinctPatterns() {
            let compiled = try CompiledPattern(pattern)
            func work(_ subject: LastingBytes) -> UInt64 {
                let matcher = PatternMatcher()
                var ranges: Groups = []
                _ = matcher.captures(compiled.program, subject.view, into: &ranges)
                return matcher.statistics.steps
            }
            let (few, many) = (work(short), work(long))
            #expect(
                many <= 5 * few + 100_000,
                "\(String(decoding: pattern.prefix(60), as: UTF8.self)): \(few), \(many)")
        }
    }

    /// What a pattern looks for, that text cut short, and its beginning, again and again.
    @Test func ownTexts() throws {
        var (runs, samples) = (0, 0)
        var failures: [String] = []
        for pattern in try CoreRuleSet.distinctPatterns() {
            let compiled = try CompiledPattern(pattern)
            let sample = try #require(PatternSample(pattern)).text(choosing: 0)
            if PatternMatcher().matches(compiled.program, LastingBytes(sample).view) { samples += 1 }
            for text in HostileText.own(to: pattern) {
                func work(_ count: Int) -> UInt64 {
                    let matcher = PatternMatcher()
                    let subject = LastingBytes(text.bytes(count))
                    var ranges: Groups = []
                    if matcher.matches(compiled.program, subject.view) {
                        #expect(matcher.captures(compiled.program, subject.view, into: &ranges))
                    }
                    return matcher.statistics.steps + matcher.statistics.hits
                }
                runs += 1
                let (few, many) = (work(4 << 10), work(64 << 10))
                if many > 20 * few + 100_000 {
                    let start = String(decoding: pattern.prefix(60), as: UTF8.self)
                    failures.append("\(start) \(text.name): \(few), \(many)")
                }
            }
        }
        print("own texts: \(runs) runs, \(samples) samples match")
        #expect(failures.prefix(5) == [])
        // A few samples lack the edge of a word that their pattern asks for.
        #expect(runs > 1_500 && samples > 270)
    }

    /// The classics that are exponential for a backtracking matcher.
    @Test(arguments: ["(a+)+$", "(a|aa)+$", "(a|a?)+b", "(.*)*x(.*)*y", "((a*)*)*b", "(?:a?){200}a{200}b"])
    func exponentials(_ pattern: String) throws {
        let compiled = try CompiledPattern(pattern)
        let subject = LastingBytes([UInt8](repeating: 0x61, count: 64 << 10) + [0x21])
        let matcher = PatternMatcher()
        #expect(!matcher.matches(compiled.program, subject.view))
        #expect(matcher.statistics.steps + matcher.statistics.hits < 8 << 20)
    }
}
