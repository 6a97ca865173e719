// The rules that begin a phase and do the same in every transaction: what they make of TX is kept.

internal import Bytes
internal import RuleStore
internal import Synchronization

/// TX and the newest match behind the opening of a plan.
///
/// Rule sets begin by setting up their variables: actions, and rules that look at nothing but TX. Where TX was
/// empty before, its members are the same behind them each time. Owns the bytes of the values; names lie in
/// the store.
final class PlanOpening {
    /// Tells openings apart for the life of the process; not 0.
    let number = PlanOpening.counter.wrappingAdd(1, ordering: .relaxed).newValue
    private static let counter = Atomic<UInt32>(0)

    let members: ContiguousArray<TransactionVariables.Member>
    /// Indices of the starters that have matched, in order.
    let matchedRules: [Int]
    /// What the last of them has matched; nil: it was an action.
    let lastMatch: SelectedValue?
    private let arena = Arena()

    init(_ tx: borrowing TransactionVariables, matchedRules: [Int], lastMatch: SelectedValue?) {
        let arena = arena
        members = ContiguousArray(
            tx.members.map { member in
                var member = member
                member.value = member.value.map { arena.copy($0) }
                return member
            })
        self.matchedRules = matchedRules
        var last = lastMatch
        if let match = lastMatch { last?.value = arena.copy(match.value) }
        self.lastMatch = last
    }

    /// How many entries at the head of a plan depend on TX alone and change nothing else.
    static func length(_ entries: [ScheduledEntry], _ rules: RuleSetView) -> Int {
        let end = entries.indices.first { index in
            entries[index].resume != index + 1 || !isFixed(rules.rule(entries[index].rule), entries[index], rules)
        }
        return end ?? entries.count
    }

    private static func isFixed(_ rule: RuleRecord, _ entry: ScheduledEntry, _ rules: RuleSetView) -> Bool {
        guard rule.isAction || entry.steering != nil, !rule.isChained, !rule.captures, !rule.logs, !rule.auditLogs,
            rule.severity == nil, rule.disruption == .pass
        else { return false }
        return rule.actions.allSatisfy { index in
            guard case .assign(let assignment) = rules.action(index), assignment.collection == .tx,
                assignment.kind != .remove, case .literal(let name) = ReadyText(assignment.name, rules),
                !TransactionVariables.isCapture(name)
            else { return false }
            return dependsOnVariablesAlone(assignment.value, rules)
        }
    }

    private static func dependsOnVariablesAlone(_ text: Int, _ rules: RuleSetView) -> Bool {
        rules.parts(ofText: text).allSatisfy { part in
            switch rules.textPart(part) {
            case .literal: true
            case .variable(let variable, let key, _):
                variable == .tx && key.map { !TransactionVariables.isCapture($0) } ?? false
            }
        }
    }
}
