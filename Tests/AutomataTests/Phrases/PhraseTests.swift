// Phrase sets against a naive search.

import Automata
import Bytes
import Testing

@Suite("Phrase sets: @pm") struct PhraseTests {
    struct CompiledPhrases {
        let program: PhraseProgram

        init(_ phrases: [[UInt8]]) throws {
            let bytes = LastingBytes(PhraseCompiler.compile(phrases))
            program = try PhraseProgram(validating: bytes.view)
        }

        init(_ phrases: [String]) throws { try self.init(phrases.map { Array($0.utf8) }) }

        func find(_ subject: [UInt8]) -> Range<Int>? { program.firstMatch(in: LastingBytes(subject).view) }
    }

    /// Earliest end, then the longest.
    static func naive(_ phrases: [[UInt8]], _ subject: [UInt8]) -> Range<Int>? {
        let folded = phrases.filter { !$0.isEmpty }.map { $0.map(ASCII.lowercased) }
        let text = subject.map(ASCII.lowercased)
        for end in 0...text.count {
            let lengths = folded.filter { text[..<end].suffix($0.count).elementsEqual($0) }.map(\.count)
            if let longest = lengths.max() { return end - longest..<end }
        }
        return nil
    }

    struct Row: Sendable {
        var phrases: [String]
        var subject: String
        var want: Range<Int>?
    }

    static let rows: [Row] = [
        Row(phrases: ["abc"], subject: "xxABCxx", want: 2..<5),
        Row(phrases: ["ABC"], subject: "abc", want: 0..<3),
        Row(phrases: [], subject: "abc", want: nil), Row(phrases: [""], subject: "abc", want: nil),
        Row(phrases: ["a"], subject: "", want: nil),
        Row(phrases: ["ab", "xab"], subject: "zxab", want: 1..<4),
        Row(phrases: ["ab", "abc"], subject: "abc", want: 0..<2),
        Row(phrases: ["abcd", "bc"], subject: "abcd", want: 1..<3),
        Row(phrases: ["abcd", "bd"], subject: "abcbd", want: 3..<5),
        Row(phrases: ["he", "she", "his", "hers"], subject: "ushers", want: 1..<4),
        Row(phrases: ["aab"], subject: "aaaab", want: 2..<5),
        Row(phrases: ["a b"], subject: "xa b", want: 1..<4), Row(phrases: ["É"], subject: "é", want: nil),
        Row(phrases: ["\0x"], subject: "a\0X", want: 1..<3),
    ]

    @Test(arguments: rows) func finds(_ row: Row) throws {
        let set = try CompiledPhrases(row.phrases)
        #expect(set.find(Array(row.subject.utf8)) == row.want)
        #expect(Self.naive(row.phrases.map { Array($0.utf8) }, Array(row.subject.utf8)) == row.want)
    }

    @Test func agreesWithNaiveSearch() throws {
        var generator = SeededGenerator(seed: 4)
        let letters = Array("aabBc\u{80}".utf8)
        func text(_ most: Int) -> [UInt8] {
            (0..<Int.random(in: 0...most, using: &generator)).map { _ in
                letters.randomElement(using: &generator) ?? 0
            }
        }
        var found = 0
        for _ in 0..<2_000 {
            let phrases = (0..<Int.random(in: 0...8, using: &generator)).map { _ in text(6) }
            let set = try CompiledPhrases(phrases)
            for _ in 0..<5 {
                let subject = text(20)
                let want = Self.naive(phrases, subject)
                found += want == nil ? 0 : 1
                #expect(set.find(subject) == want, "\(phrases) \(subject)")
            }
        }
        #expect(found > 2_000)
    }

    @Test func longPhrases() throws {
        let long = [UInt8](repeating: 0x61, count: 70_000)
        let set = try CompiledPhrases([long])
        #expect(set.find([0x62] + long) == 1..<70_001)
        #expect(set.find(Array(long.dropLast())) == nil)
    }

    /// As the first phrase was written that begins so.
    @Test(
        arguments: [
            (["Union", "select"], "UNION", "Union"), (["Union", "select"], "SELECT", nil),
            (["Hello", "he"], "he", "He"), (["he", "Hello"], "HE", nil), (["a", "A"], "A", nil),
            (["A", "a"], "a", "A"), (["Ab", "b"], "ab", "Ab"), (["aB", "Cd", "E|"], "e|", "E|"),
            (["aB", "Cd"], "xx", nil), (["aB"], "a", nil), (["aB"], "abc", nil), (["aB"], "", nil),
        ] as [([String], String, String?)])
    func spelling(_ phrases: [String], _ found: String, _ want: String?) throws {
        let program = LastingBytes(PhraseCompiler.compile(phrases.map { Array($0.utf8) }))
        let set = try PhraseProgram(validating: program.view)
        #expect(set.spelling(of: LastingBytes(found).view)?.string == want)
    }

    @Test func validatesEverything() throws {
        let program = PhraseCompiler.compile(["he", "She", "his", "Hers", "ushe"].map { Array($0.utf8) })
        for count in 0..<program.count {
            #expect(throws: ProgramError.self) {
                try PhraseProgram(validating: LastingBytes(Array(program[..<count])).view)
            }
        }
        var refused = 0
        for offset in program.indices {
            for value in [0, 1, 5, 0x7F, 0xFF] as [UInt8] where program[offset] != value {
                var damaged = program
                damaged[offset] = value
                let owned = LastingBytes(damaged)
                guard let validated = try? PhraseProgram(validating: owned.view) else {
                    refused += 1
                    continue
                }
                for subject in ["ushers", "xhixhershis", ""] {
                    _ = validated.spelling(of: LastingBytes(subject).view)
                    if let range = validated.firstMatch(in: LastingBytes(subject).view) {
                        #expect(range.lowerBound >= 0)
                    }
                }
            }
        }
        #expect(refused > 100)
    }

    @Test(.enabled(if: ConformanceKit.isPresent)) func vectors() throws {
        let vectors = try ConformanceKit.vectors(of: "pm")
        #expect(vectors.count == 13)
        for vector in vectors {
            let set = try CompiledPhrases((vector.param ?? "").split(separator: " ").map(String.init))
            #expect((set.find(vector.input) != nil) == (vector.ret == 1), "\(vector)")
        }
    }

    @Test(.enabled(if: ConformanceKit.isPresent)) func coreRuleSetLists() throws {
        let lists = try CoreRuleSet.phraseLists()
        let values = try ValueCorpus.values(mutations: 0)
        let clock = ContinuousClock()
        var (bytes, phrases, found) = (0, 0, 0)
        var slowest = Duration.zero
        for list in lists {
            var compiled: [UInt8] = []
            slowest = max(slowest, clock.measure { compiled = PhraseCompiler.compile(list) })
            bytes += compiled.count
            let owned = LastingBytes(compiled)
            let program = try PhraseProgram(validating: owned.view)
            phrases += program.phraseCount
            let sample =
                list.count > 500
                ? stride(from: 0, to: values.count, by: 97) : stride(from: 0, to: values.count, by: 11)
            for index in sample {
                let range = program.firstMatch(in: LastingBytes(values[index]).view)
                found += range == nil ? 0 : 1
                #expect(range == Self.naive(list, values[index]))
            }
        }
        print(
            "\(lists.count) phrase lists, \(phrases) phrases, \(bytes) bytes, slowest build \(slowest), "
                + "\(found) found"
        )
        #expect(lists.count == 25)
        #expect(bytes < 1_500_000)
    }
}
