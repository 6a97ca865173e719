import Foundation
import Gateway
import Inspection
import Offline
import Reports
import RuleStore

/// One rule set to ask about: the running daemon's, or one that was compiled here.
enum RuleSource {
    case daemon(ControlOptions, RuleSetOptions)
    case compiled(OfflinePolicy, set: Int)

    init(_ control: ControlOptions, _ offline: RuleSourceOptions, _ chosen: RuleSetOptions) throws {
        guard offline.isGiven else {
            self = .daemon(control, chosen)
            return
        }
        let policy = try offline.policy()
        do throws(RuleSetChoiceError) {
            self = .compiled(policy, set: try policy.lookup.ruleSet(chosen.choice))
        } catch {
            throw ControlFailure.refused(error.lines)
        }
    }

    /// Every rule of the set, and its figures.
    func rules() throws -> (totals: RuleSetTotals, rules: [RuleSummary]) {
        switch self {
        case .compiled(let policy, let set):
            let view = policy.ruleSets[set].view
            let totals = RuleSetTotals(view, bytes: policy.ruleSetBytes[set])
            return (totals, view.starters.map { view.summary(ofRule: $0) })
        case .daemon(let control, let chosen):
            var rules: [RuleSummary] = []
            var next: Int? = 0
            var totals: RuleSetTotals?
            while let from = next {
                var request = ControlRequest("rules", chosen)
                request.from = String(from)
                let page = try Self.ask(request, control, as: RulesAnswer.self)
                rules += page.rules
                totals = page.totals
                // A page without rules ends the list, whatever it says.
                next = page.rules.isEmpty ? nil : page.next
            }
            guard let totals else { throw ControlFailure.notUnderstood("no page of rules") }
            return (totals, rules)
        }
    }

    /// The rule, or the ids next to one that is not there.
    func rule(_ id: UInt32) throws -> (rule: RuleDescription?, near: [UInt32]) {
        switch self {
        case .compiled(let policy, let set):
            let view = policy.ruleSets[set].view
            if let rule = view.description(ofID: id) { return (rule, []) }
            return (nil, view.idsNear(id))
        case .daemon(let control, let chosen):
            var request = ControlRequest("rule", chosen)
            request.id = String(id)
            let answer = try Self.ask(request, control, as: RuleAnswer.self)
            return (answer.rule, answer.near)
        }
    }

    private static func ask<A: Decodable>(
        _ request: ControlRequest, _ control: ControlOptions, as type: A.Type
    ) throws -> A {
        let line = try ControlConnection.ask(
            request, socket: control.socket, timeoutSeconds: control.timeout)
        let outcome = try Answer.decode(Outcome.self, line)
        guard outcome.ok else { throw ControlFailure.refused(outcome.lines) }
        return try Answer.decode(A.self, line, hasSnakeCase: true)
    }
}

struct RulesAnswer: Decodable {
    var totals: RuleSetTotals
    var rules: [RuleSummary]
    /// Where the list goes on.
    var next: Int?
}

struct RuleAnswer: Decodable {
    var rule: RuleDescription?
    var near: [UInt32]
}
