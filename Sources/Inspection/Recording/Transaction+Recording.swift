// What the engine tells a recorder. Only called where there is one.

package import Bytes
internal import RuleStore

extension Transaction {
    func record(
        _ match: SelectedValue?, _ rule: RuleRecord, starter: RuleRecord, isEnforced: Bool, _ rules: RuleSet
    ) {
        let isLastLink = !rule.isChained
        let match = RuleMatch(
            starter: starter.index, link: rule.index, plan: plan, variable: match?.variable, key: match?.key,
            value: match.map { kept($0.value) } ?? .empty, assignments: 0..<0, isLastLink: isLastLink,
            message: isLastLink ? expand(starter.message, rules) : .empty,
            logData: isLastLink ? expand(starter.logData, rules) : .empty, isEnforced: isEnforced)
        recorder?.add(match, limit: limits.recordedMatches)
    }

    func recordTest(
        _ selected: SelectedValue, _ value: ByteView, _ rule: RuleRecord, hasMatched: Bool
    ) {
        guard let recorder, recorder.recordsTests else { return }
        let test = RuleTest(
            link: rule.index, plan: plan, variable: selected.variable, key: selected.key, value: kept(value),
            hasMatched: hasMatched)
        recorder.add(test, limit: limits.recordedTests)
    }

    func recordAssignment(_ assignment: ReadyAssignment, name: ByteView, before: ByteView?) {
        let change = RecordedAssignment(
            collection: assignment.collection, name: name, kind: assignment.kind, before: before,
            after: stored(name, in: assignment.collection))
        recorder?.add(change, limit: limits.recordedMatches)
    }

    /// Whether rules run at all at this moment; false outside of a transaction.
    package var isEngineOn: Bool { rules != nil && mode != .off }

    /// Calls `body` with each member of TX, captures left out.
    package func forEachTransactionVariable(_ body: (_ name: ByteView, _ value: ByteView) -> Void) {
        for member in tx.members {
            if let value = member.value { body(member.name, value) }
        }
    }
}
