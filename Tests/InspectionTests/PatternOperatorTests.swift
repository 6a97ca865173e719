// Operators that run patterns: macros in them, patterns that need backtracking, numbers, captures.

import Automata
import Bytes
import RuleStore
import Testing

@testable import Inspection

@Suite("Operators with patterns, as in ModSecurity 2") struct PatternOperatorTests {
    static func backtracking(_ rules: inout DraftBuilder, _ pattern: String) throws -> OperatorDraft {
        var test = OperatorDraft(name: .rx)
        test.program = rules.program(
            .backtracking, try BacktrackingFormat.encode(Array(pattern.utf8), options: PatternOptions()))
        return test
    }

    @Test(
        "item 11: what a macro brings is matched literally; anchors and alternatives keep their meaning",
        arguments: [
            ("%{ARGS.p}", "a.c", "xa.cx", true), ("%{ARGS.p}", "a.c", "abc", false),
            ("^%{ARGS.p}$", "a.c", "a.c", true), ("^%{ARGS.p}$", "a.c", "xa.c", false),
            ("^%{ARGS.p}$", "a|b", "b", true), ("%{ARGS.p}", "(a)[b]?", "(a)[b]?", true),
            ("\\d%{ARGS.p}", "x", "1x", false), ("%{ARGS.none}", "", "anything", true),
            // No pattern: looked for as it stands.
            ("%{ARGS.p}", "*a", "x*ax", true), ("%{ARGS.p}", "*a", "a", false),
        ])
    func macros(_ pattern: String, _ macro: String, _ value: String, _ want: Bool) throws {
        var rules = DraftBuilder()
        rules.rule(1, [.key(.args, "v")], .text(.rx, pattern))
        let request = TestRequest(form: "p=\(Self.escaped(macro))&v=\(Self.escaped(value))")
        #expect(try Harness(rules.draft).send(request).matches == (want ? ["1 "] : []))
    }

    static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let digits = String(byte, radix: 16)
            return "%" + String(repeating: "0", count: 2 - digits.count) + digits
        }.joined()
    }

    @Test func expandedPatternsAreKeptAndDropped() throws {
        var rules = DraftBuilder()
        rules.rule(1, [.key(.args, "v")], .text(.rx, "^%{ARGS.p}$")) { $0.captures = true }
        let harness = try Harness(rules.draft)
        for round in 0..<3 * ExpandedPatternCache.limit {
            let text = "x\(round % 20)"
            #expect(harness.send(TestRequest("/?p=\(text)&v=\(text)")).matches == ["1 "])
            #expect(harness.transaction.tx.captures[0]?.string == text)
            #expect(harness.send(TestRequest("/?p=\(text)&v=y")).matches == [])
        }
    }

    @Test func expandedTextLimit() throws {
        var rules = DraftBuilder()
        rules.rule(1, [.key(.args, "v")], .text(.rx, "%{ARGS.p}"))
        let harness = try Harness(rules.draft)
        let text = String(repeating: "a", count: ExpandedPatternCache.textBytes)
        #expect(harness.send(TestRequest(form: "v=b&p=" + text)).matches == [])
        #expect(harness.send(TestRequest(form: "v=b&p=" + text + "a")).matches.first == "1 ")
    }

    @Test func lookaroundAndBackReference() throws {
        var rules = DraftBuilder()
        rules.rule(1, [.key(.args, "a")], try Self.backtracking(&rules, "x(?!y)(.)")) {
            $0.captures = true
            $0.message = .parsing("%{tx.0}-%{tx.1}")
        }
        rules.rule(2, [.key(.args, "b")], try Self.backtracking(&rules, "(.)\\1"))
        let harness = try Harness(rules.draft)
        #expect(harness.send(TestRequest("/?a=xyxz&b=abba")).matches == ["1 xz-z", "2 "])
        #expect(harness.send(TestRequest("/?a=xy&b=abab")).matches == [])
    }

    /// Nobody gets past a rule by making it work: it matches, whether it says `!` or not.
    @Test(arguments: [false, true]) func effortCountsAsMatch(_ isNegated: Bool) throws {
        var rules = DraftBuilder()
        var test = try Self.backtracking(&rules, "^(?=a)(a+)+$")
        test.isNegated = isNegated
        rules.rule(1, [.key(.args, "a")], test) { $0.message = .parsing("%{tx.msc_pcre_limits_exceeded}") }
        let request = TestRequest("/?a=" + String(repeating: "a", count: 40) + "b")
        let outcome = try Harness(rules.draft).send(request)
        #expect(outcome.matches.first == "1 1")
        #expect(outcome.log.contains("limit passed: effort of a pattern."))
        var limits = InspectionLimits()
        limits.matchesOnPatternEffort = false
        #expect(
            !(try Harness(rules.draft, limits: limits).send(request).matches.contains { $0.hasPrefix("1 ") }))
    }

    @Test func valueLimit() throws {
        var rules = DraftBuilder()
        rules.rule(1, [.key(.args, "a")], try Self.backtracking(&rules, "z(?!y)"))
        let harness = try Harness(rules.draft)
        let text = String(repeating: "a", count: BacktrackingLimits().subjectBytes)
        #expect(harness.send(TestRequest(form: "a=" + text)).matches == [])
        #expect(harness.send(TestRequest(form: "a=" + text + "a")).matches.first == "1 ")
    }

    /// Each match fails its check and the next search begins one byte on: bounded all the same.
    @Test func manyCandidates() throws {
        var rules = DraftBuilder()
        var test = try rules.rx("\\d+")
        test.name = .verifySSN
        rules.rule(1, [.key(.args, "a")], test)
        let harness = try Harness(rules.draft)
        #expect(harness.send(TestRequest(form: "a=" + String(repeating: "1", count: 500))).matches == [])
        let outcome = harness.send(TestRequest(form: "a=" + String(repeating: "1", count: 60_000)))
        #expect(outcome.matches.first == "1 ")
        #expect(outcome.log.contains("effort of a pattern"))
    }

    @Test func capturesOfAllMatches() throws {
        var rules = DraftBuilder()
        var test = try rules.rx("([a-z])(\\d)?")
        test.name = .rxGlobal
        rules.rule(1, [.key(.args, "a")], test) { $0.captures = true }
        let harness = try Harness(rules.draft)
        #expect(harness.send(TestRequest("/?a=a1-b-c3-d4")).matches == ["1 "])
        let captures = harness.transaction.tx.captures.map { $0?.string }
        #expect(captures == ["a1", "a", "1", "b", "b", nil, "c3", "c", "3", "d4"])
    }

    @Test func phraseAsWritten() throws {
        var rules = DraftBuilder()
        rules.rule(1, [.all(.args)], rules.phrases(["Foo", "UNION", "foo", "plain"])) {
            $0.captures = true
            $0.message = .parsing("%{tx.0}")
        }
        let outcome = try Harness(rules.draft).send(TestRequest("/?a=xfOOx&b=union&c=PLAIN"))
        #expect(outcome.matches == ["1 Foo", "1 UNION", "1 plain"])
    }

    @Test("an empty value becomes something where a transformation makes it so") func emptyValues() throws {
        var rules = DraftBuilder()
        rules.rule(1, [.key(.args, "a")], OperatorDraft(name: .unconditionalMatch)) {
            $0.transformations = [.lowercase, .sha1, .hexEncode, .length]
            $0.message = .parsing("%{MATCHED_VAR}")
        }
        rules.rule(2, [.key(.args, "a")], .text(.streq, "0")) { $0.transformations = [.length] }
        #expect(try Harness(rules.draft).send(TestRequest("/?a=")).matches == ["1 40", "2 "])
    }
}
