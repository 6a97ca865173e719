// The engine against a slow one: no plan, no gate, no memo, and PCRE2 in place of the matcher.

import Automata
import LoneRules
import RuleStore
import TestCorpus
import Testing

@testable import Inspection

@Suite("Requests of the core rule set's tests by a slow reference", .enabled(if: ConformanceKit.isPresent))
struct ReferenceEvaluatorTests {
    /// Beyond this PCRE2 does not know; the request is then left out.
    static var limits: BacktrackingLimits {
        var limits = BacktrackingLimits()
        limits.subjectBytes = 1 << 20
        limits.steps = 2_000_000
        limits.machineCodeSteps = 2_000_000
        return limits
    }

    /// What both engines say, and how much of it.
    private func compare(_ draft: RuleSetDraft) throws -> (
        requests: Int, rules: Int, lines: Int, leftOut: Int
    ) {
        let (slowDraft, rules) = try draft.runByPCRE2()
        let fast = try Harness(draft)
        let slow = try Harness(slowDraft, backtrackingLimits: Self.limits)
        slow.scratch.usesGates = false
        slow.scratch.usesMemo = false
        let requests = try RequestCorpus.requests(in: "\(ConformanceKit.folder ?? "")/ftw")
        var (lines, leftOut) = (0, 0)
        var differences: [String] = []
        for request in requests {
            let left = fast.send(request)
            let right = slow.send(request)
            guard !slow.transaction.breaches.contains(.patternEffort) else {
                leftOut += 1
                continue
            }
            lines += left.matches.count
            // The lines hold the rules in order, what they captured and what they found where.
            guard left.log != right.log || left.verdict != right.verdict else { continue }
            let ids = (left.matches.map { $0.prefix(6) }, right.matches.map { $0.prefix(6) })
            differences.append("\(request.name): \(ids.0) and by the reference \(ids.1)")
        }
        #expect(differences.prefix(5) == [])
        return (requests.count, rules, lines, leftOut)
    }

    @Test func asLoaded() throws {
        let result = try compare(CoreRules.draft(kit: ConformanceKit.folder ?? ""))
        print("reference: \(result)")
        #expect(result.requests > 3_800 && result.rules > 310 && result.leftOut < 40)
        #expect(result.lines > 15_000)
    }

    /// Rules that others jump over have their turn too.
    @Test func everyRuleOnEveryRequest() throws {
        let result = try compare(CoreRules.draft(kit: ConformanceKit.folder ?? "").withoutJumps())
        print("reference, no rule left out: \(result)")
        #expect(result.requests > 3_800 && result.rules > 310 && result.leftOut < 40)
        #expect(result.lines > 20_000)
    }
}
