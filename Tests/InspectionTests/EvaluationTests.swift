// How rules, chains and phases run, as ModSecurity 2 does it.

import Automata
import Bytes
import Inspection
import RuleStore
import Testing

@Suite("Evaluation, as in ModSecurity 2") struct EvaluationTests {
    @Test("item 1: setvar of a link stands though the chain fails") func partialMatch() throws {
        var rules = DraftBuilder()
        rules.rule(1, [.key(.args, "a")], .text(.streq, "x")) {
            $0.isChained = true
            $0.actions = [.setting("s=1")]
        }
        rules.rule(0, [.key(.args, "b")], .text(.streq, "y")) { $0.actions = [.setting("t=1")] }
        rules.action(99, phase: 5) { $0.message = .parsing("s=%{tx.s} t=%{tx.t}") }
        #expect(try Harness(rules.draft).send(TestRequest("/?a=x&b=n")).matches == ["99 s=1 t="])
    }

    @Test("item 1: setvar and the line once per matching variable") func perVariable() throws {
        var rules = DraftBuilder()
        rules.rule(1, [.all(.args)], try rules.rx("^x")) {
            $0.actions = [.setting("n=+1")]
            $0.message = .parsing("m=%{MATCHED_VAR_NAME}")
        }
        rules.action(99, phase: 5) { $0.message = .parsing("n=%{tx.n}") }
        let outcome = try Harness(rules.draft).send(TestRequest("/?a=x1&b=x2&c=n&d=x3"))
        #expect(outcome.matches == ["1 m=ARGS:a", "1 m=ARGS:b", "1 m=ARGS:d", "99 n=3"])
    }

    @Test("item 2: the next link is evaluated once, message from the last link") func chainMessage() throws {
        var rules = DraftBuilder()
        rules.rule(1, [.all(.args)], try rules.rx("^x")) {
            $0.isChained = true
            $0.message = .parsing("mv=%{MATCHED_VAR_NAME}")
            $0.logData = .parsing("ld=%{MATCHED_VAR}")
        }
        rules.rule(0, [.all(.args)], try rules.rx("^y")) { $0.actions = [.setting("n=+1")] }
        rules.action(99, phase: 5) { $0.message = .parsing("n=%{tx.n}") }
        let outcome = try Harness(rules.draft).send(TestRequest("/?a=x1&d=x2&b=y2&c=y3"))
        #expect(outcome.matches == ["1 mv=ARGS:b", "1 mv=ARGS:c", "99 n=2"])
        #expect(outcome.log.contains("[data \"ld=y3\"]"))
    }

    @Test("item 2: deny of the starter acts when the last link matched") func chainDenies() throws {
        var rules = DraftBuilder()
        rules.rule(1, [.key(.args, "a")], .text(.streq, "x")) {
            $0.isChained = true
            $0.disruption = .deny
            $0.status = 418
        }
        rules.rule(0, [.key(.args, "b")], .text(.streq, "y"))
        let harness = try Harness(rules.draft)
        #expect(harness.send(TestRequest("/?a=x&b=n")).verdict == .pass)
        #expect(
            harness.send(TestRequest("/?a=x&b=y")).verdict
                == Verdict(action: .deny, status: 418, ruleID: 1))
    }

    @Test("item 3: MATCHED_VARS collects over links, and is empty for the next rule") func matchedVars()
        throws
    {
        var rules = DraftBuilder()
        rules.rule(1, [.all(.args)], try rules.rx("x")) {
            $0.isChained = true
            $0.logs = false
        }
        rules.rule(0, [.all(.matchedVariables)], try rules.rx("x")) {
            $0.isChained = true
            $0.actions = [.setting("one=+1")]
        }
        rules.rule(0, [.all(.matchedVariables)], try rules.rx("x")) {
            $0.actions = [.setting("two=+1"), .setting("last=%{MATCHED_VAR_NAME}")]
        }
        rules.rule(2, [.all(.matchedVariables)], OperatorDraft(name: .unconditionalMatch))
        rules.action(99, phase: 5) {
            $0.message = .parsing("%{tx.one} %{tx.two} %{tx.last} [%{MATCHED_VAR}]")
        }
        let outcome = try Harness(rules.draft).send(TestRequest("/?a=x&b=x"))
        #expect(outcome.matches == ["99 2 4 ARGS:b [127.0.0.1]"])
    }

    @Test("item 4: multiMatch tries each value that differs") func multiMatch() throws {
        var rules = DraftBuilder()
        rules.rule(1, [.key(.args, "a")], try rules.rx("(?i)x")) {
            $0.matchesEveryTransformation = true
            $0.transformations = [.removeNulls, .lowercase, .urlDecode, .lowercase]
            $0.actions = [.setting("n=+1"), .setting("l=%{tx.l} %{MATCHED_VAR}")]
            $0.logs = false
        }
        rules.action(99, phase: 5) { $0.message = .parsing("n=%{tx.n}%{tx.l}") }
        let outcome = try Harness(rules.draft).send(TestRequest("/?a=X%2541"))
        #expect(outcome.matches == ["99 n=4 X%41 x%41 xA xa"])
    }

    @Test("item 4: multiMatch without transformations is a plain match") func multiMatchAlone() throws {
        var rules = DraftBuilder()
        rules.rule(1, [.key(.args, "a")], try rules.rx("x")) {
            $0.matchesEveryTransformation = true
            $0.actions = [.setting("n=+1")]
        }
        rules.action(99, phase: 5) { $0.message = .parsing("n=%{tx.n}") }
        #expect(try Harness(rules.draft).send(TestRequest("/?a=x")).matches == ["1 ", "99 n=1"])
    }

    @Test("item 5: absent members give no value, single variables do") func absence() throws {
        var rules = DraftBuilder()
        rules.rule(1, [TargetDraft.all(.args).counted], .text(.eq, "3")) { $0.message = .parsing("all") }
        rules.rule(2, [TargetDraft.key(.args, "a").counted], .text(.eq, "2")) {
            $0.message = .parsing("n=%{MATCHED_VAR_NAME} %{MATCHED_VAR}")
        }
        rules.rule(3, [TargetDraft.key(.args, "zz").counted], .text(.eq, "0"))
        rules.rule(4, [.key(.args, "zz")], try rules.rx("foo", isNegated: true))
        rules.rule(5, [.key(.requestHeaders, "Nope")], try rules.rx("^$"))
        rules.rule(6, [.key(.args, "e")], try rules.rx("^$"))
        rules.rule(7, [.all(.requestBodyProcessor)], try rules.rx("^X", isNegated: true))
        rules.rule(8, [TargetDraft.all(.requestBodyProcessor).counted], .text(.eq, "1"))
        rules.rule(9, [.all(.requestBody)], OperatorDraft(name: .unconditionalMatch))
        rules.rule(10, [.all(.webSocketMessage)], OperatorDraft(name: .unconditionalMatch))
        let outcome = try Harness(rules.draft).send(TestRequest("/?a=1&a=2&e="))
        #expect(outcome.matches == ["1 all", "2 n=ARGS 2", "3 ", "6 ", "7 ", "8 "])
    }

    @Test("item 6: exclusions take from the whole list, names and patterns caselessly") func exclusions()
        throws
    {
        var rules = DraftBuilder()
        let excludedA = TargetDraft.key(.args, "A").excluded
        let pattern = TargetDraft(variable: .args, selector: try rules.selector("^A")).excluded
        let lists: [[TargetDraft]] = [
            [.all(.args), excludedA], [excludedA, .all(.args)], [.all(.args), pattern],
            [.all(.args), .all(.argsNames), excludedA], [.all(.args), TargetDraft.all(.args).excluded],
        ]
        for (index, list) in lists.enumerated() {
            rules.rule(UInt32(index + 1), list, OperatorDraft(name: .unconditionalMatch)) {
                $0.message = .parsing("%{MATCHED_VAR_NAME}")
            }
        }
        let outcome = try Harness(rules.draft).send(TestRequest("/?a=x&b=x"))
        #expect(
            outcome.matches == [
                "1 ARGS:b", "2 ARGS:b", "3 ARGS:b", "4 ARGS:b", "4 ARGS_NAMES:a", "4 ARGS_NAMES:b",
            ])
    }

    @Test("item 7: phase 1 sees the query's ARGS, later phases the body's too") func argsByPhase() throws {
        var rules = DraftBuilder()
        for phase in 1...5 as ClosedRange<UInt32> {
            rules.rule(phase, phase: phase, [.all(.args)], OperatorDraft(name: .unconditionalMatch)) {
                $0.message = .parsing("%{MATCHED_VAR_NAME}")
            }
        }
        rules.rule(6, phase: 2, [.all(.argsGet)], OperatorDraft(name: .unconditionalMatch)) {
            $0.message = .parsing("%{MATCHED_VAR_NAME}")
        }
        rules.rule(7, phase: 2, [.all(.argsPostNames)], OperatorDraft(name: .unconditionalMatch)) {
            $0.message = .parsing("%{MATCHED_VAR_NAME}=%{MATCHED_VAR} %{ARGS_COMBINED_SIZE}")
        }
        var request = TestRequest(form: "p=22")
        request.target = "/?q=1"
        let outcome = try Harness(rules.draft).send(request)
        #expect(
            outcome.matches == [
                "1 ARGS:q", "2 ARGS:q", "2 ARGS:p", "6 ARGS_GET:q", "7 ARGS_POST_NAMES:p=p 5",
                "3 ARGS:q", "3 ARGS:p", "4 ARGS:q", "4 ARGS:p", "5 ARGS:q", "5 ARGS:p",
            ])
    }

    @Test(
        "item 7: skipAfter on a chain acts if the whole chain matched", arguments: [("1", "3"), ("2", "2 3")])
    func skipAfter(_ value: String, _ want: String) throws {
        var rules = DraftBuilder()
        rules.rule(1, [.key(.args, "a")], OperatorDraft(name: .unconditionalMatch)) {
            $0.isChained = true
            $0.logs = false
            $0.skipAfter = "END"
        }
        rules.rule(0, [.key(.args, "a")], .text(.streq, "1"))
        rules.action(2) { $0.logs = true }
        rules.marker("END")
        rules.action(3)
        let outcome = try Harness(rules.draft).send(TestRequest("/?a=\(value)"))
        #expect(outcome.matches.map { String($0.dropLast()) }.joined(separator: " ") == want)
    }

    @Test("item 8: a denial leaves only phase 5, which can not block") func denyEndsPhases() throws {
        var rules = DraftBuilder()
        for phase in 1...5 as ClosedRange<UInt32> {
            rules.action(phase, phase: phase) { if phase == 1 || phase == 5 { $0.disruption = .deny } }
        }
        let outcome = try Harness(rules.draft).send(TestRequest())
        #expect(outcome.verdict == Verdict(action: .deny, status: 403, ruleID: 1))
        #expect(outcome.matches == ["1 ", "5 "])
        #expect(outcome.log.hasPrefix("ModSecurity: Access denied with code 403 (phase 1). "))
        #expect(outcome.log.contains("\nModSecurity: Warning. "))
    }

    @Test("item 8: deny stops at the first matching variable") func denyStopsTheRule() throws {
        var rules = DraftBuilder()
        rules.rule(1, [.all(.args)], OperatorDraft(name: .unconditionalMatch)) { $0.disruption = .deny }
        #expect(try Harness(rules.draft).send(TestRequest("/?a=1&b=2")).matches == ["1 "])
    }

    @Test("item 9: DetectionOnly goes on and keeps the first denial", arguments: [true, false])
    func detectionOnly(_ byDirective: Bool) throws {
        var rules = DraftBuilder()
        if byDirective { rules.draft.settings.mode = .detectionOnly }
        rules.action(1) {
            $0.disruption = .deny
            $0.status = 404
        }
        rules.action(2, phase: 3) { $0.disruption = .deny }
        let outcome = try Harness(rules.draft).send(TestRequest(), isDetectOnly: !byDirective)
        #expect(outcome.verdict == Verdict(action: .pass, status: 404, ruleID: 1, wouldDeny: true))
        #expect(outcome.matches == ["1 ", "2 "])
        #expect(!outcome.log.contains("denied"))
    }

    @Test("SecRuleEngine Off runs nothing") func off() throws {
        var rules = DraftBuilder()
        rules.draft.settings.mode = .off
        rules.action(1, phase: 1) { $0.disruption = .deny }
        let harness = try Harness(rules.draft)
        let outcome = harness.send(TestRequest())
        #expect(outcome.verdict == .pass && outcome.log.isEmpty)
        #expect(!harness.transaction.needsRequestBody)
    }

    /// What one request leaves is gone for the next.
    @Test func reuse() throws {
        var rules = DraftBuilder()
        rules.rule(1, [.all(.args)], try rules.rx("(x)")) {
            $0.captures = true
            $0.logs = false
            $0.actions = [.setting("seen=%{tx.1}")]
        }
        rules.action(99, phase: 5) {
            $0.message = .parsing("[%{tx.seen}%{tx.0}%{ARGS.a}%{REQUEST_HEADERS.X}]")
        }
        let harness = try Harness(rules.draft)
        var request = TestRequest("/?a=x")
        request.headers.append(("X", [0x31]))
        #expect(harness.send(request).matches == ["99 [xxx1]"])
        #expect(harness.send(TestRequest()).matches == ["99 []"])
    }
}
