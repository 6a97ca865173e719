// What each construct matches, as PCRE2 with DOTALL and DOLLAR_ENDONLY does.

import Automata
import Bytes
import Testing

@Suite("Pattern constructs: pcre2pattern(3)") struct PatternMatchTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var pattern: String
        var subject: String
        /// Texts of the match and its groups, nil for an absent group; nil for no match.
        var want: [String?]?
        var options = PatternOptions()

        init(_ pattern: String, _ subject: String, _ want: [String?]?, _ options: PatternOptions = .init()) {
            (self.pattern, self.subject, self.want, self.options) = (pattern, subject, want, options)
        }

        var testDescription: String { "\(pattern) on \(subject.debugDescription)" }
    }

    static let literals: [Row] = [
        Row("abc", "xxabcxx", ["abc"]), Row("abc", "xxABCxx", nil), Row("", "abc", [""]),
        Row("", "", [""]), Row("a", "", nil), Row("a\\.b", "axb a.b", ["a.b"]),
        Row("\\n\\r\\t\\f\\a\\e", "\n\r\t\u{0C}\u{07}\u{1B}", ["\n\r\t\u{0C}\u{07}\u{1B}"]),
        Row("\\x41\\x{42}\\103\\o{104}\\x4", "ABCD\u{04}", ["ABCD\u{04}"]),
        Row("\\0\\00\\012", "\0\0\n", ["\0\0\n"]),
        Row("\\cA\\cz\\c[", "\u{01}\u{1A}\u{1B}", ["\u{01}\u{1A}\u{1B}"]),
        Row("\\x", "\0", ["\0"]), Row("\\18", "\u{01}8", ["\u{01}8"]),
        Row("\\Qa.b*\\E+", "a.b**", ["a.b**"]), Row("\\Qa.b", "axb a.b", ["a.b"]), Row("a\\Eb", "ab", ["ab"]),
        Row("\\Q\\E", "", [""]), Row("a\\Q|\\E|b", "b", ["b"]), Row("é", "café", ["é"]),
        Row("^.$", "é", nil),
        Row("^..$", "é", ["é"]), Row("a{,3}", "a{,3}", ["a{,3}"]), Row("a{1", "a{1", ["a{1"]),
        Row("}]", "}]", ["}]"]),
    ]

    static let classes: [Row] = [
        Row("[abc]+", "xxcabx", ["cab"]), Row("[^abc]+", "abxyc", ["xy"]), Row("[a-c-e]+", "b-e", ["b-e"]),
        Row("[]a]+", "a]b", ["a]"]), Row("[^]a]+", "a]b", ["b"]), Row("[-a]+", "a-b", ["a-"]),
        Row("[a-]+", "a-b", ["a-"]),
        Row("[\\d\\-x]+", "a1-x", ["1-x"]), Row("[\\]\\\\]+", "a]\\", ["]\\"]),
        Row("[\\b]", "\u{08}", ["\u{08}"]),
        Row("[[:alpha:]_]+", "1ab_2", ["ab_"]), Row("[[:^alpha:]]+", "ab12c", ["12"]),
        Row("[^[:space:]]+", " a b", ["a"]),
        Row("[[:xdigit:]]+", "xyzAf09g", ["Af09"]), Row("[[:punct:]]+", "a!~b", ["!~"]),
        Row("[[:cntrl:]]", "a\u{7F}", ["\u{7F}"]),
        Row("[\\Qa-c\\E]+", "b-a", ["-a"]), Row("[a\\E-c]+", "xbc", ["bc"]),
        Row("[\\x41-\\x43]+", "xABCD", ["ABC"]),
        Row("[\\n-\\r]+", "a\n\u{0B}\rb", ["\n\u{0B}\r"]), Row("[.*+?()|]+", "a.*+?()|b", [".*+?()|"]),
        Row("[\\8\\101]+", "8A", ["8A"]),
        Row("\\d+\\D+", "a12bc", ["12bc"]), Row("\\w+\\W", "a_9-", ["a_9-"]),
        Row("\\s\\S", "a\u{0B}b", ["\u{0B}b"]),
        Row("\\h+\\H", "a \tb", [" \tb"]), Row("\\v+\\V", "a\n\u{0C}b", ["\n\u{0C}b"]),
        Row("a\\Nb", "a\nb axb", ["axb"]),
        Row("^\\R$", "\r\n", ["\r\n"]), Row("^\\R\\n", "\r\n", nil), Row("^\\R\\R$", "\r\n", nil),
        Row("^\\R\\R$", "\r\r\n", ["\r\r\n"]),
        Row("^\\C$", "\n", ["\n"]), Row("a.c", "a\nc", ["a\nc"]),
        Row("a.c", "a\nc", nil, PatternOptions(dotMatchesAll: false)),
    ]

    static let groups: [Row] = [
        Row("(a)(b)?", "ac", ["a", "a", nil]), Row("(a|b)*c", "abac", ["abac", "a"]),
        Row("(?:a|b)c", "bc", ["bc"]),
        Row("a|ab|abc", "abc", ["a"]), Row("(?:a|ab)(?:c|bcd)(d*)", "abcd", ["abcd", ""]),
        Row("(a+|b+)*", "aabb", ["aabb", "bb"]), Row("(a*)*", "b", ["", ""]),
        Row("(a*)+", "aab", ["aa", ""]),
        Row("(|a)+", "aa", ["", ""]), Row("(a|b*)*", "ac", ["a", ""]),
        Row("((a)|(b))*", "ba", ["ba", "a", "a", "b"]),
        Row("(?<x>a)(?P<y>b)(?'z'c)", "abc", ["abc", "a", "b", "c"]),
        Row("(?n)(a)(?<x>b)", "ab", ["ab", "b"]),
        Row("(a(b(c)))", "abc", ["abc", "abc", "bc", "c"]), Row("()", "x", ["", ""]),
        Row("a(?#comment)b", "ab", ["ab"]), Row("(a){0}b", "ab", ["b", nil]),
        Row("x(y|)z", "xz", ["xz", ""]), Row("|a", "a", [""]), Row("(?:|a)b", "ab", ["ab"]),
    ]

    static let quantifiers: [Row] = [
        Row("a*", "aaa", ["aaa"]), Row("a*?", "aaa", [""]), Row("a+?", "aaa", ["a"]),
        Row("a??b", "ab", ["ab"]),
        Row("a{2}", "aaa", ["aa"]), Row("a{2,}", "aaaa", ["aaaa"]), Row("a{2,}?", "aaaa", ["aa"]),
        Row("a{1,2}", "aaa", ["aa"]),
        Row("a{1,2}?", "aaa", ["a"]), Row("^(ab){2,3}$", "ababab", ["ababab", "ab"]),
        Row("^a{3}$", "aa", nil), Row("^a{0,2}$", "aaa", nil),
        Row("^x{0,256}$", String(repeating: "x", count: 256), [String(repeating: "x", count: 256)]),
        Row("^x{0,256}$", String(repeating: "x", count: 257), nil), Row("(?U)a+", "aaa", ["a"]),
        Row("(?U)a+?", "aaa", ["aaa"]),
        Row("<.+?>", "<a><b>", ["<a>"]), Row("<.+>", "<a><b>", ["<a><b>"]), Row("a{0}b", "ab", ["b"]),
        Row("a{02}", "aa", ["aa"]),
    ]

    static let flags: [Row] = [
        Row("(?i)aBc", "xAbC", ["AbC"]), Row("a(?i)b", "aB", ["aB"]), Row("a(?i)b", "AB", nil),
        Row("(?i:a)b", "Ab", ["Ab"]), Row("(?i:a)b", "AB", nil),
        Row("(a(?i)b|c)", "C", ["C", "C"]), Row("(?:a(?i)b)c", "aBC", nil), Row("(?i)a(?-i)b", "AB", nil),
        Row("(?i)a(?-i)b", "Ab", ["Ab"]),
        Row("(?i)[a-c]+", "xABCd", ["ABC"]), Row("(?i)[^a]", "A", nil), Row("(?i)[[:upper:]]", "a", ["a"]),
        Row("(?i)[[:^upper:]]", "a", nil), Row("(?i)\\x41", "a", ["a"]),
        Row("(?-s).", "\n", nil), Row("(?-s)(?s).", "\n", ["\n"]), Row("(?x) a b # c\n c", "abc", ["abc"]),
        Row("(?x)a\\ b", "a b", ["a b"]),
        Row("(?x)[ ]", " ", [" "]), Row("(?xx)[a ]b", " b", nil),
        Row("(?^:a)", "A", nil, PatternOptions(isCaseless: true)), Row("(?x: a )b", "ab", ["ab"]),
        Row("a #b", "a", ["a"], PatternOptions(isExtended: true)), Row("(?x)a +", "aa", ["aa"]),
        Row("é", "É", nil, PatternOptions(isCaseless: true)),
    ]

    static let places: [Row] = [
        Row("^b", "a\nb", nil), Row("a$", "a\n", nil), Row("a$", "ba", ["a"]), Row("a\\z", "a\n", nil),
        Row("a\\Z", "a\n", ["a"]), Row("a\\Z", "a\n\n", nil),
        Row("a\\Z", "a", ["a"]), Row("\\n\\Z", "a\n", ["\n"]), Row("a\\Z\\n", "a\n", ["a\n"]),
        Row("\\Ab", "ab", nil), Row("(?m)^b", "a\nb", ["b"]), Row("(?m)a$", "a\nb", ["a"]),
        Row("(?m)^", "", [""]), Row("(?m)\\n^", "a\n", nil), Row("(?m)\\n^", "\nb", ["\n"]),
        Row("(?m)a$\\nb", "a\nb", ["a\nb"]), Row("(?m)\\Ab", "a\nb", nil),
        Row("a$", "a\n", ["a"], PatternOptions(dollarIsEndOnly: false)),
        Row("\\bfoo\\b", "a foo.", ["foo"]), Row("\\bfoo\\b", "afoo", nil), Row("\\bfoo\\b", "foo_", nil),
        Row("\\bfoo\\b", "foo", ["foo"]), Row("\\Bo", "foo", ["o"]),
        Row("\\b", "", nil), Row("\\B", "", [""]), Row("\\b$", "a", [""]), Row("^\\b", " a", nil),
        Row("a\\b\\W", "a-", ["a-"]), Row("\\b\\Ba", "a", nil), Row("$^", "", [""]),
        Row("x*\\b", "é x", ["x"]),
    ]

    @Test(arguments: [literals, classes, groups, quantifiers, flags, places].joined())
    func matches(_ row: Row) throws {
        let compiled = try CompiledPattern(row.pattern, options: row.options)
        let subject = LastingBytes(row.subject)
        let (agrees, groups) = PatternMatcher().groups(compiled, subject)
        #expect(agrees)
        #expect(groups.map { $0.map { $0.map { subject.view[$0].string } } } == row.want)
        // The rows themselves are held against PCRE2.
        let oracle = try #require(PCRE2Oracle(Array(row.pattern.utf8), options: row.options))
        #expect((oracle.match(subject) == .match) == (row.want != nil))
        if row.want != nil { #expect(oracle.groups == groups) }
    }

    /// Classes in full: every byte.
    @Test(arguments: [
        "\\d", "\\D", "\\w", "\\W", "\\s", "\\S", "\\h", "\\H", "\\v", "\\V", "\\N", ".", "[[:alpha:]]",
        "[[:lower:]]", "[[:upper:]]",
        "[[:alnum:]]", "[[:ascii:]]", "[[:blank:]]", "[[:cntrl:]]", "[[:digit:]]", "[[:graph:]]",
        "[[:print:]]", "[[:punct:]]",
        "[[:space:]]", "[[:word:]]", "[[:xdigit:]]", "(?i)[[:lower:]]", "(?i)[^k]", "(?i)\\xe9",
        "[\\x80-\\xff]",
    ])
    func classHoldsTheSameBytes(_ pattern: String) throws {
        let compiled = try CompiledPattern(pattern)
        let oracle = try #require(PCRE2Oracle(Array(pattern.utf8)))
        let matcher = PatternMatcher()
        for byte in UInt8.min...UInt8.max {
            let subject = LastingBytes([byte])
            let isMatch = matcher.matches(compiled.program, subject.view)
            #expect(isMatch == (oracle.match(subject) == .match), "byte \(byte)")
        }
    }

    /// What stands before the start of a search is seen.
    @Test func startsInside() throws {
        let subject = LastingBytes("foo foo")
        var ranges: Groups = []
        let word = try CompiledPattern("\\bfoo")
        #expect(PatternMatcher().captures(word.program, subject.view, into: &ranges, startingAt: 1))
        #expect(ranges == [4..<7])
        let start = try CompiledPattern("^foo|oo")
        #expect(PatternMatcher().captures(start.program, subject.view, into: &ranges, startingAt: 4))
        #expect(ranges == [5..<7])
        #expect(!PatternMatcher().captures(word.program, subject.view, into: &ranges, startingAt: 5))
        #expect(ranges == [nil])
        #expect(!PatternMatcher().captures(word.program, subject.view, into: &ranges, startingAt: 7))
    }
}
