// What a match does: captures, MATCHED_VAR, setvar, and at the end of a chain the verdict and the log.

internal import Bytes
internal import RuleStore

extension Transaction {
    /// Runs at once for each matching value of each link.
    ///
    /// - Parameter match: The value after transformations; nil for a SecAction.
    func act(on match: SelectedValue?, _ rule: RuleRecord, starter: RuleRecord, _ rules: RuleSet) {
        if var match {
            if rule.captures, !rule.isNegated { capture(rule, match.value, rules) }
            match.value = kept(match.value)
            if !matched.append(match, limit: limits.matchedVariables) { breaches.insert(.matchedVariables) }
        }
        for index in rule.assignments { assign(rules.view.assignment(index), rules) }
        guard !rule.isChained else { return }
        // Disruptive action, message and severity belong to the starter.
        let isEnforced = mode == .on && plan != .logging
        if starter.disruption == .deny, plan != .logging {
            deny(status: starter.status, ruleID: starter.id)
        }
        if starter.logs {
            let denies = starter.disruption == .deny && isEnforced
            logMatch(match, rule, starter: starter, denies: denies, rules)
        }
    }

    /// Takes note of a denial. The first one counts, enforced or not.
    func deny(status: Int, ruleID: UInt32) {
        guard verdict.action == .pass, !verdict.wouldDeny else { return }
        verdict =
            mode == .on
            ? Verdict(action: .deny, status: status, ruleID: ruleID)
            : Verdict(action: .pass, status: status, ruleID: ruleID, wouldDeny: true)
    }

    /// Past some limits values were not judged: the transaction must not pass.
    func denyOnBreach() {
        guard !breaches.isDisjoint(with: .denying), verdict.action == .pass, !verdict.wouldDeny,
            plan != .logging
        else { return }
        deny(status: Self.breachStatus, ruleID: 0)
        logDenialByLimit(breaches.intersection(.denying).name)
    }

    /// What ModSecurity's recommended rule 200002 answers when a body could not be read.
    static var breachStatus: Int { 400 }

    /// setvar:tx.…
    func assign(_ assignment: AssignmentRecord, _ rules: RuleSet) {
        let name = expand(assignment.name, rules)
        guard !name.isEmpty else { return }
        switch assignment.kind {
        case .remove: tx.remove(name)
        case .set: setVariable(name, to: expand(assignment.value, rules))
        case .add: count(name, by: LeadingNumber.read(expand(assignment.value, rules)))
        case .subtract:
            let amount = LeadingNumber.read(expand(assignment.value, rules))
            count(name, by: amount == .min ? .max : -amount)
        }
    }

    /// Text that is no number counts as 0; a sum is never below 0, as in ModSecurity 2.
    private func count(_ name: ByteView, by amount: Int) {
        let old = tx[name].map(LeadingNumber.read) ?? 0
        let (sum, overflow) = old.addingReportingOverflow(amount)
        setVariable(name, to: number(overflow ? (amount < 0 ? 0 : .max) : max(0, sum)))
    }

    private func setVariable(_ name: ByteView, to value: ByteView) {
        var value = value
        if value.count > limits.txValueBytes {
            value = value[..<limits.txValueBytes]
            breaches.insert(.txValue)
        }
        if !tx.set(name, to: value, limit: limits.txMembers) { breaches.insert(.txMembers) }
    }
}
