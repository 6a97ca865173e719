// What is refused, and why.

import Automata
import Testing

@Suite("Refused patterns") struct PatternRefusalTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var pattern: String
        var want: PatternError
        var testDescription: String { pattern }
    }

    static func syntax(_ pattern: String, _ offset: Int, _ reason: PatternError.SyntaxReason) -> Row {
        Row(pattern: pattern, want: .syntax(offset: offset, reason: reason))
    }

    static func irregular(_ pattern: String, _ offset: Int, _ construct: PatternError.Construct) -> Row {
        Row(pattern: pattern, want: .notRegular(offset: offset, construct: construct))
    }

    static let syntaxRows: [Row] = [
        syntax("*a", 0, .nothingToRepeat), syntax("a**", 2, .nothingToRepeat),
        syntax("a{2}{3}", 4, .nothingToRepeat),
        syntax("^*", 1, .nothingToRepeat), syntax("\\b+", 2, .nothingToRepeat),
        syntax("a|?", 2, .nothingToRepeat),
        syntax("(?i)*", 4, .nothingToRepeat), syntax("{2}", 0, .nothingToRepeat),
        syntax("(+)", 1, .nothingToRepeat),
        syntax("a{65536}", 1, .repeatCountTooLarge),
        syntax("a{99999999999999999999}", 1, .repeatCountTooLarge),
        syntax("a{3,2}", 1, .repeatCountsOutOfOrder), syntax("(a", 2, .missingClosingParenthesis),
        syntax("(?i", 3, .missingClosingParenthesis), syntax("(?", 2, .missingClosingParenthesis),
        syntax("(?:a|b", 6, .missingClosingParenthesis),
        syntax("a)", 1, .unmatchedClosingParenthesis), syntax("[a", 2, .missingClosingBracket),
        syntax("[]", 2, .missingClosingBracket),
        syntax("[a[:alpha:", 10, .missingClosingBracket), syntax("[z-a]", 1, .rangeOutOfOrder),
        syntax("[\\d-z]", 1, .invalidRange),
        syntax("[a-\\d]", 1, .invalidRange), syntax("[[:alpha:]-z]", 1, .invalidRange),
        syntax("[a-[:digit:]]", 1, .invalidRange),
        syntax("[[:foo:]]", 1, .unknownPOSIXClass), syntax("[[.a.]]", 1, .unsupportedCollatingElement),
        syntax("[[=a=]]", 1, .unsupportedCollatingElement),
        syntax("[:alpha:]", 0, .namedClassOutsideBrackets), syntax("\\", 0, .escapeAtEnd),
        syntax("[\\", 1, .escapeAtEnd), syntax("\\y", 0, .unknownEscape),
        syntax("\\i", 0, .unknownEscape), syntax("\\L", 0, .unknownEscape),
        syntax("[\\B]", 1, .escapeInvalidInClass), syntax("[\\R]", 1, .escapeInvalidInClass),
        syntax("[\\N]", 1, .escapeInvalidInClass), syntax("[\\X]", 1, .escapeInvalidInClass),
        syntax("\\x{", 0, .invalidHexadecimalEscape), syntax("\\x{}", 0, .invalidHexadecimalEscape),
        syntax("\\x{4g}", 0, .invalidHexadecimalEscape), syntax("\\x{100}", 0, .valueAboveByte),
        syntax("[\\x{100}]", 1, .valueAboveByte), syntax("\\400", 0, .valueAboveByte),
        syntax("\\o{}", 0, .invalidOctalEscape), syntax("\\o17", 0, .invalidOctalEscape),
        syntax("\\c", 0, .invalidControlEscape), syntax("\\cé", 0, .invalidControlEscape),
        syntax("(?z)", 2, .unknownGroupOption), syntax("(?--i)", 3, .unknownGroupOption),
        syntax("(?P)", 3, .unknownGroupOption), syntax("(?<1n>a)", 3, .invalidGroupName),
        syntax("(?<>a)", 3, .invalidGroupName), syntax("(?<n", 3, .invalidGroupName),
        syntax("(?<n>a)(?<n>b)", 10, .duplicateGroupName), syntax("(?#a", 0, .missingCommentEnd),
    ]

    static let irregularRows: [Row] = [
        irregular("a*+", 2, .possessiveQuantifier), irregular("a{2}+", 4, .possessiveQuantifier),
        irregular("a?+", 2, .possessiveQuantifier),
        irregular("(?>a)", 0, .atomicGroup), irregular("x(?=a)", 1, .lookaround),
        irregular("(?!a)", 0, .lookaround), irregular("(?<=a)b", 0, .lookaround),
        irregular("(?<!a)b", 0, .lookaround), irregular("(a)\\1", 3, .backreference),
        irregular("(?<n>a)\\k<n>", 7, .backreference),
        irregular("(?<n>a)(?P=n)", 7, .backreference), irregular("(a)\\g{1}", 3, .backreference),
        irregular("\\8", 0, .backreference),
        irregular("(a)(?R)", 3, .recursion), irregular("(a)(?1)", 3, .recursion),
        irregular("(a)(?-1)", 3, .recursion), irregular("(?<n>a)(?&n)", 7, .recursion),
        irregular("(?<n>a)(?P>n)", 7, .recursion), irregular("(a)?(?(1)b|c)", 4, .conditional),
        irregular("(?|(a)|(b))", 0, .branchReset),
        irregular("(*UTF8)a", 0, .verb), irregular("a(*FAIL)", 1, .verb), irregular("a(?C1)", 1, .callout),
        irregular("a\\Kb", 1, .matchStartReset),
        irregular("\\Ga", 0, .startOfSearch), irregular("\\p{L}", 0, .unicodeProperty),
        irregular("\\X", 0, .unicodeProperty), irregular("\\N{U+41}", 0, .unicodeProperty),
    ]

    @Test(arguments: syntaxRows + irregularRows) func refuses(_ row: Row) {
        #expect(throws: row.want) { try CompiledPattern(row.pattern) }
    }

    /// PCRE2 refuses what is called a syntax error here. It takes `\o17` for no error of ours to copy.
    @Test(arguments: syntaxRows) func oracleRefusesToo(_ row: Row) {
        #expect(PCRE2Oracle(Array(row.pattern.utf8)) == nil)
    }

    /// Every prefix of a long pattern is accepted or refused as PCRE2 does, irregular ones apart.
    @Test func prefixesAgree() {
        let text =
            "^(?i)a(?:b|[^c-e\\]\\x41[:alpha:]]{2,3}?)+"
            + "\\Q(*)\\E(?P<n>\\w\\b|$)*\\x{41}{1}[]-](?#c)\\Z(?m-s:x|)"
        let pattern = Array(text.utf8)
        for count in 0...pattern.count {
            let prefix = Array(pattern[..<count])
            let isAccepted = (try? CompiledPattern(prefix)) != nil
            #expect(isAccepted == (PCRE2Oracle(prefix) != nil), "\(String(decoding: prefix, as: UTF8.self))")
        }
    }

    /// Random bytes of the grammar's own alphabet: accepted by both, refused by both, or irregular.
    @Test func noiseAgrees() {
        let alphabet = Array("aab(((?:i)))[[^]]-\\\\dwbQE{1,2}*+?|^$.#x:alpha:]".utf8)
        var generator = SeededGenerator(seed: 7)
        var (accepted, refused, irregular) = (0, 0, 0)
        for _ in 0..<30_000 {
            let count = Int.random(in: 1...12, using: &generator)
            let pattern = (0..<count).map { _ in alphabet.randomElement(using: &generator) ?? 0x61 }
            let oracleAccepts = PCRE2Oracle(pattern) != nil
            do {
                _ = try PatternCompiler.compile(pattern)
                accepted += 1
                #expect(oracleAccepts, "\(String(decoding: pattern, as: UTF8.self))")
            } catch .notRegular {
                irregular += 1
            } catch {
                refused += 1
                #expect(!oracleAccepts, "\(String(decoding: pattern, as: UTF8.self)): \(error)")
            }
        }
        print("noise: \(accepted) accepted, \(refused) refused, \(irregular) irregular")
        #expect(accepted > 1_000 && refused > 1_000)
    }
}
