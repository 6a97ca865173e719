// Transactions that take the opening of a phase over do as the one that walked it.

import Bytes
import RuleStore
import Testing

@testable import Inspection

@Suite("The opening of a phase") struct PlanOpeningTests {
    private static func rules() -> DraftBuilder {
        var rules = DraftBuilder()
        func silent(_ rule: inout RuleDraft) { rule.logs = false; rule.auditLogs = false }
        rules.action(1, phase: 1) { rule in
            silent(&rule)
            rule.actions = [.setting("level=2"), .setting("name=first")]
        }
        rules.rule(2, phase: 1, [TargetDraft.key(.tx, "limit").counted], .text(.eq, "0")) { rule in
            silent(&rule)
            rule.actions = [.setting("limit=%{tx.level}0")]
        }
        rules.rule(3, phase: 1, [TargetDraft.key(.tx, "name").counted], .text(.eq, "0")) { rule in
            silent(&rule)
            rule.actions = [.setting("name=second")]
        }
        rules.rule(4, phase: 1, [.key(.args, "add")], .text(.eq, "1")) { $0.actions = [.setting("level=+1")] }
        rules.action(99, phase: 5) { $0.message = .parsing("%{tx.level} %{tx.name} %{tx.limit}") }
        return rules
    }

    @Test func sameVariablesEachTime() throws {
        let harness = try Harness(Self.rules().draft)
        #expect(harness.rules.schedules[RulePlan.requestHeaders.rawValue].openingCount == 3)
        for _ in 0..<3 {
            #expect(harness.send(TestRequest("/")).matches == ["99 2 first 20"])
            #expect(harness.send(TestRequest("/?add=1")).matches == ["4 ", "99 3 first 20"])
        }
    }

    @Test("as without gates") func sameAsWalked() throws {
        let gated = try Harness(Self.rules().draft)
        let plain = try Harness(Self.rules().draft)
        plain.scratch.usesGates = false
        for target in ["/", "/?add=1", "/", "/?add=2", "/?add=1"] {
            #expect(gated.send(TestRequest(target)).log == plain.send(TestRequest(target)).log)
        }
    }

    @Test("an action's match is the client at hand") func remoteAddress() throws {
        var rules = DraftBuilder()
        rules.action(1, phase: 1) { rule in
            rule.logs = false
            rule.auditLogs = false
            rule.actions = [.setting("a=1")]
        }
        rules.rule(99, phase: 1, [.all(.matchedVariable)], try rules.rx(".")) {
            $0.message = .parsing("%{tx.a} %{MATCHED_VAR}")
        }
        let harness = try Harness(rules.draft)
        for address in ["10.0.0.1", "10.0.0.2", "10.0.0.1"] {
            var request = TestRequest("/")
            request.remoteAddress = address
            #expect(harness.send(request).matches == ["99 1 \(address)"])
        }
    }

    @Test("what ends an opening", arguments: ["logs", "denies", "captures", "jumps", "macro", "chain"])
    func endsAt(_ reason: String) throws {
        var rules = DraftBuilder()
        rules.action(1, phase: 1) { rule in
            rule.logs = reason == "logs"
            rule.auditLogs = false
            rule.isChained = reason == "chain"
            if reason == "denies" { rule.disruption = .deny }
            if reason == "captures" { rule.captures = true }
            rule.actions = [.setting(reason == "macro" ? "a=%{REMOTE_ADDR}" : "a=1")]
            if reason == "jumps" { rule.skipAfter = "END" }
        }
        rules.action(2, phase: 1)
        rules.marker("END")
        let harness = try Harness(rules.draft)
        #expect(harness.rules.schedules[RulePlan.requestHeaders.rawValue].openingCount == 0)
    }

    @Test("members past the limit are refused each time") func limit() throws {
        var rules = DraftBuilder()
        rules.action(1, phase: 1) { rule in
            rule.logs = false
            rule.auditLogs = false
            rule.actions = [.setting("a=1"), .setting("b=1")]
        }
        for members in [1, 2] {
            var limits = InspectionLimits()
            limits.txMembers = members
            let harness = try Harness(rules.draft, limits: limits)
            let first = harness.send(TestRequest("/"))
            let second = harness.send(TestRequest("/"))
            #expect(first.log == second.log && first.verdict == second.verdict)
            #expect(harness.transaction.tx.members.count == members)
        }
    }
}
