// The opening of a phase: walked once, taken over by the transactions that follow.

internal import RuleStore

extension Transaction {
    /// Does what the opening of a plan does.
    ///
    /// - Returns: The entry to go on with.
    func passOpening(_ schedule: PlanSchedule, _ focus: PlanFocus, _ rules: RuleSet) -> Int {
        guard schedule.openingCount > 0, plan == .requestHeaders, tx.members.isEmpty, recorder == nil,
            !isTraced,
            controls.leavesRulesAlone
        else { return 0 }
        if let known = focus.opening {
            takeOver(known)
        } else {
            focus.opening = walkOpening(schedule, rules)
        }
        return schedule.openingCount
    }

    private func takeOver(_ known: PlanOpening) {
        guard tx.begin(with: known, limit: limits.txMembers) else {
            breaches.insert(.txMembers)
            return
        }
        opening = known
        let last =
            known.lastMatch
            ?? SelectedValue(variable: .remoteAddress, key: nil, value: connection.remoteAddress)
        if !known.matchedRules.isEmpty {
            _ = matched.append(last, limit: limits.matchedVariables)
            matched.endChain()
        }
        guard audit.collects, auditParts.contains(.matchedRules) else { return }
        for rule in known.matchedRules { audit.noteMatch(ofRule: rule, limit: limits.logLines) }
    }

    /// - Returns: nil when a limit was met, which later transactions are to meet as well.
    private func walkOpening(_ schedule: PlanSchedule, _ rules: RuleSet) -> PlanOpening? {
        var matchedRules: [Int] = []
        var lastMatch: SelectedValue?
        for entry in 0..<schedule.openingCount {
            if let steering = schedule.entries[entry].steering, !steering.holds(&tx) { continue }
            let rule = rules.view.rule(schedule.entries[entry].rule)
            runningRule = rule
            lastMatch = schedule.entries[entry].steering?.match(&tx)
            act(on: lastMatch, rule, starter: rule, rules)
            matched.endChain()
            matchedRules.append(rule.index)
        }
        denyOnBreach()
        return breaches.isEmpty
            ? PlanOpening(tx, matchedRules: matchedRules, lastMatch: lastMatch) : nil
    }
}
