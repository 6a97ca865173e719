// What a match does: captures, MATCHED_VAR, the actions of each link, and at the end of a chain the
// verdict and the log.

internal import Bytes
internal import RuleStore

extension Transaction {
    /// Runs at once for each matching value of each link.
    ///
    /// - Parameter match: The value after transformations; nil for a SecAction.
    func act(on match: SelectedValue?, _ rule: RuleRecord, starter: RuleRecord, _ rules: RuleSet) {
        // A SecAction is a rule on the client's address to ModSecurity 2, and to MATCHED_VAR.
        var noted =
            match ?? SelectedValue(variable: .remoteAddress, key: nil, value: connection.remoteAddress)
        if match != nil {
            if rule.captures, !rule.isNegated { capture(rule, noted.value, rules) }
            noted.value = kept(noted.value)
        }
        if !matched.append(noted, limit: limits.matchedVariables) { breaches.insert(.matchedVariables) }
        let match = match == nil ? nil : noted
        for index in rule.actions {
            switch rules.actions[index] {
            case .assign(let assignment): assign(assignment, rules)
            case .other(let action): perform(action, match, rule, rules)
            }
        }
        guard !rule.isChained else {
            if recorder != nil { record(match, rule, starter: starter, isEnforced: false, rules) }
            return
        }
        // Disruptive action, message and severity belong to the starter.
        if let severity = starter.severity { highestSeverity = min(highestSeverity, severity) }
        let isEnforced = disrupt(starter, rules)
        if recorder != nil { record(match, rule, starter: starter, isEnforced: isEnforced, rules) }
        noteForAudit(match, rule, starter: starter, rules)
        if debug.level > 0 { debugMatch(starter, isEnforced: isEnforced, rules) }
        if starter.logs { logMatch(match, rule, starter: starter, isEnforced: isEnforced, rules) }
    }

    private func perform(
        _ action: ActionRecord, _ match: SelectedValue?, _ rule: RuleRecord, _ rules: RuleSet
    ) {
        switch action {
        case .assign: preconditionFailure("assignments are decoded when a rule set is opened")
        case .openCollection(let collection, let key, let isOfApplication):
            openCollection(collection, key: key, isOfApplication: isOfApplication, rules)
        case .age(let kind, let collection, let name, let value):
            age(kind, collection, name: name, value: value, rules)
        case .control(let control): self.control(control, rules)
        case .sanitise(let subject, let name):
            if rule.captures { settleCaptures(rules) }
            sanitise(
                subject, expand(name, rules), match ?? matched.last,
                captured: rule.captures ? tx.captures[0] : nil)
        case .inject(let place, let text): inject(place, text: text, rules)
        // Acts for the whole chain.
        case .pause: break
        }
    }

    /// What the chain says of the transaction as a whole; phase 5 has no say any more.
    ///
    /// - Returns: Whether it is done, rather than noted as what DetectionOnly keeps from being done.
    private func disrupt(_ starter: RuleRecord, _ rules: RuleSet) -> Bool {
        guard plan != .logging else { return false }
        pause(for: starter, rules)
        let isEnforced = mode == .on
        switch starter.disruption {
        case .pass: return false
        case .deny: intercept(.deny, status: starter.status, ruleID: starter.id)
        case .drop: intercept(.drop, status: starter.status, ruleID: starter.id)
        case .redirect:
            let location = RedirectLocation.encode(expand(starter.location, rules), in: arena)
            intercept(.redirect, status: starter.status, ruleID: starter.id, location: location)
        case .proxy:
            // The rule's status is what an answer in place of the other server's would have.
            let target = arena.copy(expand(starter.location, rules))
            intercept(.proxy, status: starter.status, ruleID: starter.id, location: target)
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
    private func assign(_ assignment: ReadyAssignment, _ rules: RuleSet) {
        let name = text(assignment.name, rules)
        let isConstant = assignment.name.isLiteral
        guard !name.isEmpty else { return }
        let collection = assignment.collection
        let before = recorder == nil ? nil : stored(name, in: collection)
        switch assignment.kind {
        case .remove: remove(name, from: collection)
        case .set: store(name, text(assignment.value, rules), in: collection, isConstant: isConstant)
        case .add: count(name, by: LeadingNumber.read(text(assignment.value, rules)), in: collection)
        case .subtract:
            let amount = LeadingNumber.read(text(assignment.value, rules))
            count(name, by: amount == .min ? .max : -amount, in: collection)
        }
        if recorder != nil { recordAssignment(assignment, name: name, before: before) }
        if isTraced { debugAssignment(collection, name) }
    }

    private func text(_ text: ReadyText, _ rules: RuleSet) -> ByteView {
        switch text {
        case .literal(let bytes): bytes
        case .expanded(let text): expand(text, rules)
        }
    }
}
