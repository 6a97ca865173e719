// What a match does: captures, MATCHED_VAR, the actions of each link, and at the end of a chain the
// verdict and the log.

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
        for index in rule.actions { perform(rules.view.action(index), match, rules) }
        guard !rule.isChained else {
            if recorder != nil { record(match, rule, starter: starter, isEnforced: false, rules) }
            return
        }
        // Disruptive action, message and severity belong to the starter.
        if let severity = starter.severity { highestSeverity = min(highestSeverity, severity) }
        let isEnforced = disrupt(starter, rules)
        if recorder != nil { record(match, rule, starter: starter, isEnforced: isEnforced, rules) }
        if starter.auditLogs { audit.isRelevant = true }
        if starter.logs { logMatch(match, rule, starter: starter, isEnforced: isEnforced, rules) }
    }

    private func perform(_ action: ActionRecord, _ match: SelectedValue?, _ rules: RuleSet) {
        switch action {
        case .assign(let assignment): assign(assignment, rules)
        case .openCollection(let collection, let key, let namesClient):
            openCollection(collection, key: key, namesClient: namesClient, rules)
        case .age(let kind, let collection, let name, let value):
            age(kind, collection, name: name, value: value, rules)
        case .control(let control): self.control(control, rules)
        case .sanitise(let subject, let name):
            let item = AuditNotes.Sanitised(
                subject: subject, name: expand(name, rules), match: match ?? matched.last)
            audit.sanitise(item, limit: limits.sanitisedItems)
        }
    }

    /// What the chain says of the transaction as a whole; phase 5 has no say any more.
    ///
    /// - Returns: Whether it is done, rather than noted as what DetectionOnly keeps from being done.
    private func disrupt(_ starter: RuleRecord, _ rules: RuleSet) -> Bool {
        guard plan != .logging else { return false }
        let isEnforced = mode == .on
        switch starter.disruption {
        case .pass: return false
        case .deny: intercept(.deny, status: starter.status, ruleID: starter.id)
        case .drop: intercept(.drop, status: starter.status, ruleID: starter.id)
        case .redirect:
            let location = RedirectLocation.encode(expand(starter.location, rules), in: arena)
            intercept(.redirect, status: starter.status, ruleID: starter.id, location: location)
        case .allow, .allowPhase, .allowRequest:
            if isEnforced { allowance = starter.disruption }
        }
        return isEnforced
    }

    /// Takes note of an interception. The first one counts, enforced or not.
    func intercept(
        _ action: Verdict.Action, status: Int, ruleID: UInt32, location: ByteView = .empty
    ) {
        guard verdict.action == .pass, !verdict.wouldDeny else { return }
        verdict =
            mode == .on
            ? Verdict(action: action, status: status, ruleID: ruleID, location: location)
            : Verdict(action: .pass, status: status, ruleID: ruleID, wouldDeny: true, location: location)
    }

    /// Past some limits values were not judged: the transaction must not pass.
    func denyOnBreach() {
        guard !breaches.isDisjoint(with: .denying), verdict.action == .pass, !verdict.wouldDeny,
            plan != .logging
        else { return }
        intercept(.deny, status: Self.breachStatus, ruleID: 0)
        logDenialByLimit(breaches.intersection(.denying).name, status: Self.breachStatus)
    }

    /// What ModSecurity's recommended rule 200002 answers when a body could not be read.
    static var breachStatus: Int { 400 }

    /// setvar and setenv
    private func assign(_ assignment: AssignmentRecord, _ rules: RuleSet) {
        let name = expand(assignment.name, rules)
        guard !name.isEmpty else { return }
        let collection = assignment.collection
        let before = recorder == nil ? nil : stored(name, in: collection)
        switch assignment.kind {
        case .remove: remove(name, from: collection)
        case .set: store(name, expand(assignment.value, rules), in: collection)
        case .add: count(name, by: LeadingNumber.read(expand(assignment.value, rules)), in: collection)
        case .subtract:
            let amount = LeadingNumber.read(expand(assignment.value, rules))
            count(name, by: amount == .min ? .max : -amount, in: collection)
        }
        if recorder != nil { recordAssignment(assignment, name: name, before: before) }
    }

    /// Text that is no number counts as 0; a sum is never below 0, as in ModSecurity 2.
    private func count(_ name: ByteView, by amount: Int, in collection: VariableName) {
        let old = stored(name, in: collection).map(LeadingNumber.read) ?? 0
        let (sum, overflow) = old.addingReportingOverflow(amount)
        store(name, number(overflow ? (amount < 0 ? 0 : .max) : max(0, sum)), in: collection)
    }
}
