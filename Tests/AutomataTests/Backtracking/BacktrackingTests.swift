// Patterns that PCRE2 runs, and what they may cost.

import Bytes
import Testing

@testable import Automata

@Suite("Backtracking patterns") struct BacktrackingTests {
    static func pattern(_ text: String, _ options: PatternOptions = .init()) throws -> BacktrackingPattern {
        let bytes = LastingBytes(try BacktrackingFormat.encode(Array(text.utf8), options: options))
        return try BacktrackingPattern(validating: bytes.view)
    }

    @Test(
        arguments: [
            ("a(?=b)", "ab", true), ("a(?=b)", "ac", false), ("(.)\\1", "abba", true),
            ("(.)\\1", "abab", false),
            ("(?<!x)y", "xy", false), ("a++b", "aab", true), ("x$", "x\n", false), ("x.y", "x\ny", true),
            ("\\xff", "\u{FF}", false), ("(?|(a)|(b))\\1", "bb", true),
        ])
    func matches(_ text: String, _ subject: String, _ want: Bool) throws {
        let subject = LastingBytes(Array(subject.utf8))
        let outcome = BacktrackingMatcher().match(try Self.pattern(text), subject.view)
        #expect(outcome == (want ? .match : .noMatch))
    }

    @Test func optionsAreKept() throws {
        var options = PatternOptions()
        options.isCaseless = true
        options.isMultiline = true
        let subject = LastingBytes(Array("x\nAb".utf8))
        #expect(BacktrackingMatcher().match(try Self.pattern("^a(?=b)", options), subject.view) == .match)
        #expect(BacktrackingMatcher().match(try Self.pattern("^a(?=b)"), subject.view) == .noMatch)
    }

    @Test func captures() throws {
        let matcher = BacktrackingMatcher()
        var ranges: [Range<Int>?] = []
        let subject = LastingBytes(Array("xxabab".utf8))
        let pattern = try Self.pattern("(a)(z)?(b)\\1")
        #expect(pattern.groupCount == 3)
        #expect(matcher.captures(pattern, subject.view, into: &ranges) == .match)
        #expect(ranges == [2..<5, 2..<3, nil, 3..<4])
        #expect(matcher.captures(pattern, subject.view, into: &ranges, startingAt: 3) == .noMatch)
        #expect(ranges == [])
        // More groups than are told.
        let many = try Self.pattern("(x)(x)(a)(b)(a)(b)()()()()(?=$)")
        #expect(matcher.captures(many, subject.view, into: &ranges) == .match)
        #expect(ranges.count == 10)
    }

    @Test func subjectLimit() throws {
        var limits = BacktrackingLimits()
        limits.subjectBytes = 4
        let matcher = BacktrackingMatcher(limits: limits)
        let pattern = try Self.pattern("a(?!b)")
        let bytes = LastingBytes(Array("bbbba".utf8))
        #expect(matcher.match(pattern, bytes.view[..<4]) == .noMatch)
        #expect(matcher.match(pattern, bytes.view) == .limitExceeded)
    }

    @Test func stepLimit() throws {
        let pattern = try Self.pattern("^(?=a)(a+)+$")
        let bytes = LastingBytes([UInt8](repeating: 0x61, count: 60) + [0x62])
        let matcher = BacktrackingMatcher()
        #expect(matcher.match(pattern, bytes.view[..<60]) == .match)
        #expect(matcher.match(pattern, bytes.view) == .limitExceeded)
    }

    @Test(
        arguments: [
            ("a(?=", 4, "missing closing parenthesis"),
            ("(*UTF)a", 6, "using UTF is disabled by the application"),
            ("\\2(a)", 1, "reference to non-existent subpattern"),
        ])
    func refusals(_ text: String, _ offset: Int, _ reason: String) throws {
        #expect(throws: BacktrackingError(offset: offset, reason: reason)) {
            try BacktrackingFormat.encode(Array(text.utf8), options: .init())
        }
    }

    @Test func damage() throws {
        let sound = try BacktrackingFormat.encode(Array("a(?=b)".utf8), options: .init())
        for length in 0..<12 {
            let bytes = LastingBytes(Array(sound[..<length]))
            #expect(throws: ProgramError.wrongSize(found: length, expected: 12)) {
                try BacktrackingPattern(validating: bytes.view)
            }
        }
        for (offset, want) in [
            (0, ProgramError.wrongMagic(0x5442_46FF)), (4, .wrongVersion(255)), (8, .invalidHeader),
        ] {
            var bytes = sound
            bytes[offset] = 0xFF
            let damaged = LastingBytes(bytes)
            #expect(throws: want) { try BacktrackingPattern(validating: damaged.view) }
        }
        let text = LastingBytes(Array(sound[..<15]))
        #expect(throws: ProgramError.invalidInstruction(index: 3)) {
            try BacktrackingPattern(validating: text.view)
        }
    }
}
