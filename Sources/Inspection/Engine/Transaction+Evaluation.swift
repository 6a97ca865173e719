// Walking a phase: rule after rule, chain after chain (semantics of ModSecurity 2).

internal import Bytes
internal import RuleStore

extension Transaction {
    /// Runs the rules of a plan on what is known now.
    func run(_ plan: RulePlan, _ rules: RuleSet) -> Verdict {
        self.plan = plan
        if allowance == .allowPhase { allowance = .pass }
        scratch.cache.renew()
        denyOnBreach()
        let schedule = rules.schedules[plan.rawValue]
        var usesGates = scratch.usesGates && !isStopped && !isTraced
        let focus = scratch.focuses.focus(schedule)
        if usesGates {
            focus.beginWalk()
            findCandidates(schedule, focus, rules)
        }
        let entries = schedule.entries
        let count = entries.count
        if isTraced { debugPhase(count) }
        var entry = usesGates ? passOpening(schedule, focus, rules) : 0
        while !isStopped {
            scratch.mayPause()
            if usesGates {
                entry = scratch.candidates.nextWorthwhile(
                    from: entry, entries, &tx, trimmed: controls.trimmedRules)
            }
            guard entry < count else { break }
            let index = entries[entry].rule
            if usesGates, entries[entry].onlyJumps, jumps(entries[entry]) {
                let next = entries[entry].resume
                if next > entry + 1 { focus.jump(over: entry + 1..<next) }
                entry = next
                continue
            }
            if controls.isRemoved(rule: index) {
                entry += 1
                continue
            }
            let rule = rules.view.rule(index)
            let hasMatched =
                if usesGates, let steering = entries[entry].steering, !rule.isChained {
                    actOnSteering(steering, rule, rules)
                } else {
                    evaluateChain(rule, usesGates ? (entry, schedule) : nil, rules)
                }
            matched.endChain()
            denyOnBreach()
            let next = hasMatched ? entries[entry].resume : entry + 1
            if next > entry + 1, usesGates { focus.jump(over: entry + 1..<next) }
            entry = next
            if usesGates, isTraced {
                // The rule has raised the level: those behind it are shown on every value.
                focus.endWalk(at: entry)
                usesGates = false
            }
        }
        if usesGates { focus.endWalk(at: entry) }
        return verdict
    }

    /// A denial that is enforced ends the phase, and so does an allowance; the logging phase has nothing
    /// to deny or to allow. Off, which a rule may say, ends every phase at once.
    var isStopped: Bool {
        if mode == .off { return true }
        if plan == .logging { return false }
        if isAbandoned { return true }
        return verdict.action.isInterception || isAllowed(plan)
    }

    /// Whether a rule has let the transaction through as far as this phase is concerned.
    func isAllowed(_ plan: RulePlan) -> Bool {
        switch allowance {
        case .allow, .allowPhase: true
        case .allowRequest: plan == .requestHeaders || plan == .requestBody || plan == .clientMessage
        case .pass, .deny, .drop, .redirect, .proxy: false
        }
    }

    /// A rule that holds for TX and does nothing but jump.
    ///
    /// - Returns: false when it has to be evaluated as any other.
    private func jumps(_ entry: ScheduledEntry) -> Bool {
        guard let steering = entry.steering, recorder == nil, !isTraced,
            !controls.isRemoved(rule: entry.rule),
            !controls.hasRemovedTargets(rule: entry.rule), let match = steering.match(&tx)
        else { return false }
        if !matched.append(match, limit: limits.matchedVariables) { breaches.insert(.matchedVariables) }
        matched.endChain()
        if audit.collects, auditParts.contains(.matchedRules) {
            audit.noteMatch(ofRule: entry.rule, limit: limits.logLines)
        }
        return true
    }

    /// Acts on a rule whose condition on TX is known to hold.
    private func actOnSteering(_ steering: Steering, _ rule: RuleRecord, _ rules: RuleSet) -> Bool {
        guard !controls.hasRemovedTargets(rule: rule.index), let match = steering.match(&tx) else {
            return evaluateChain(rule, nil, rules)
        }
        runningRule = rule
        act(on: match, rule, starter: rule, rules)
        return true
    }

    /// Evaluates link after link while they match. Each link's assignments stand even when a later
    /// one fails.
    ///
    /// - Parameter place: Of the starter in a plan whose candidates are known, else nil.
    private func evaluateChain(
        _ starter: RuleRecord, _ place: (entry: Int, schedule: PlanSchedule)?, _ rules: RuleSet
    ) -> Bool {
        var link = starter
        runningRule = starter
        while true {
            if isTraced { debugRule(link, rules) }
            let hasMatched =
                if link.index == starter.index, let place, scratch.candidates.knowsValues(of: place.entry) {
                    evaluatePlanned(link, place.entry, place.schedule, rules)
                } else {
                    evaluateLink(link, starter: starter, rules)
                }
            if isTraced { debugOutcome(hasMatched) }
            guard hasMatched else { return false }
            guard link.isChained, !isStopped else { return true }
            link = rules.view.rule(link.index + 1)
        }
    }

    /// Tries every value of the link's variables; there is no stop at the first match.
    private func evaluateLink(_ rule: RuleRecord, starter: RuleRecord, _ rules: RuleSet) -> Bool {
        if rule.isAction {
            act(on: nil, rule, starter: starter, rules)
            return true
        }
        let isStarter = rule.index == starter.index
        switch soleValue(of: rule, isStarter: isStarter, rules) {
        case .none: return false
        case .value(let selected): return evaluate(selected, rule, starter: starter, rules)
        case .several: break
        }
        select(rule, isStarter: isStarter, rules)
        // One access to the shared list instead of one for each value.
        let selection = scratch.selection
        var hasMatched = false
        for selected in selection {
            if evaluate(selected, rule, starter: starter, rules) { hasMatched = true }
            scratch.mayPause()
            if isStopped { break }
        }
        return hasMatched
    }

    private func evaluate(
        _ selected: SelectedValue, _ rule: RuleRecord, starter: RuleRecord, _ rules: RuleSet
    ) -> Bool {
        defer { forgetTemporaryValues() }
        if rule.matchesEveryTransformation {
            return evaluateEveryStep(selected, rule, starter: starter, rules)
        }
        let value = transformed(selected.value, node: rule.transformation, rules)
        let isMatch = test(rule, value, rules)
        if recorder != nil { recordTest(selected, value, rule, hasMatched: isMatch) }
        if isTraced { debugTest(selected, value, rule, hasMatched: isMatch, rules) }
        guard isMatch else { return false }
        act(
            on: SelectedValue(variable: selected.variable, key: selected.key, value: value), rule,
            starter: starter, rules)
        return true
    }

    /// multiMatch: tries the raw value, then the value after each transformation that changed it.
    func evaluateEveryStep(
        _ selected: SelectedValue, _ rule: RuleRecord, starter: RuleRecord, _ rules: RuleSet
    ) -> Bool {
        scratch.path.removeAll(keepingCapacity: true)
        var node = rule.transformation
        while node != 0 {
            scratch.path.append(node)
            node = rules.view.transformation(node).parent
        }
        var value = selected.value
        var hasMatched = false
        var remaining = scratch.path.count
        while true {
            let isMatch = test(rule, value, rules)
            if recorder != nil { recordTest(selected, value, rule, hasMatched: isMatch) }
            if isTraced { debugTest(selected, value, rule, hasMatched: isMatch, rules) }
            if isMatch {
                hasMatched = true
                act(
                    on: SelectedValue(variable: selected.variable, key: selected.key, value: value),
                    rule, starter: starter, rules)
                if isStopped { return true }
            }
            var next = value
            while remaining > 0, next == value {
                remaining -= 1
                next = transformed(selected.value, node: scratch.path[remaining], rules)
            }
            guard next != value else { return hasMatched }
            value = next
        }
    }
}
