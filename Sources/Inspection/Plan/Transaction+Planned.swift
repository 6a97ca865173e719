// Trying a rule on the values that got through its gate.

internal import Bytes
internal import RuleStore

extension Transaction {
    /// Evaluates a chain's starter on the values that the plan has found for it.
    ///
    /// - Returns: Whether it matched one.
    func evaluatePlanned(
        _ rule: RuleRecord, _ entry: Int, _ schedule: PlanSchedule, _ rules: RuleSet
    ) -> Bool {
        let judgesValueAlone = schedule.entries[entry].judgesValueAlone
        scratch.matches.removeAll(keepingCapacity: true)
        let looksAtEveryStep = rule.matchesEveryTransformation
        let hasText = rule.program == nil && rule.operatorText != 0
        var number = scratch.candidates.firstSurvivor(of: entry)
        var lastSubject: Int32 = -1
        while number >= 0, !isAbandoned {
            scratch.mayPause()
            let survivor = scratch.candidates.survivor(number)
            number = Int(survivor.next)
            if looksAtEveryStep, !survivor.isFixed {
                collectEveryStep(survivor, rule, &lastSubject, judgesValueAlone, rules)
            } else if hasText {
                collect(survivor, isTested: false)
            } else {
                let value =
                    survivor.isTransformed
                    ? survivor.value : transformed(survivor.value, node: rule.transformation, rules)
                if test(rule, value, rules) {
                    collect(survivor, isTested: true)
                } else if judgesValueAlone {
                    scratch.candidates.ruleOut(survivor)
                }
                forgetTemporaryValues()
            }
        }
        return actOnCollected(rule, rules)
    }

    /// For a rule that looks at every step: a value is looked at once more, step by step, if one of its forms
    /// matches; only those that got through the gate can.
    private func collectEveryStep(
        _ survivor: Survivor, _ rule: RuleRecord, _ lastSubject: inout Int32, _ judgesValueAlone: Bool,
        _ rules: RuleSet
    ) {
        guard survivor.subject != lastSubject else { return }
        if survivor.isTransformed, !test(rule, survivor.value, rules) {
            if judgesValueAlone { scratch.candidates.ruleOut(survivor) }
            return
        }
        if judgesValueAlone { scratch.candidates.admit(survivor) }
        lastSubject = survivor.subject
        collect(survivor, isTested: false)
    }

    /// Notes the members that have the survivor's bytes.
    private func collect(_ survivor: Survivor, isTested: Bool) {
        var member = scratch.candidates.firstMember(of: survivor)
        while member >= 0 {
            scratch.matches.append(
                PlannedMatch(
                    member: member, target: 0, value: survivor.value, isTransformed: survivor.isTransformed,
                    isTested: isTested))
            member = scratch.candidates.nextMember(behind: member)
        }
    }

    /// Acts on each match in the order in which the rule names its variables.
    private func actOnCollected(_ rule: RuleRecord, _ rules: RuleSet) -> Bool {
        guard !scratch.matches.isEmpty else { return false }
        if controls.hasRemovedTargets(rule: rule.index) {
            collectRemovedTargets(of: rule, isStarter: true, rules)
        }
        let isFiltered = rule.hasExclusions || !scratch.removedTargets.isEmpty
        var matches = scratch.matches
        scratch.matches = []
        if matches.count > 1 || isFiltered {
            for index in matches.indices {
                matches[index].target = targetNumber(
                    of: scratch.candidates.members[matches[index].member], in: rule, rules)
            }
            if matches.count > 1 { matches.sort() }
        }
        var hasMatched = false
        for match in matches {
            let member = scratch.candidates.members[match.member]
            if isFiltered, isExcluded(member, target: match.target, by: rule, rules) { continue }
            if act(on: member, match, rule, rules) { hasMatched = true }
            forgetTemporaryValues()
            scratch.mayPause()
            if isStopped { break }
        }
        scratch.removedTargets.removeAll(keepingCapacity: true)
        scratch.matches = matches
        return hasMatched
    }

    private func act(
        on member: CandidateTable.Member, _ match: PlannedMatch, _ rule: RuleRecord, _ rules: RuleSet
    ) -> Bool {
        var selected = SelectedValue(variable: member.variable, key: member.key, value: member.value)
        if rule.matchesEveryTransformation, !match.isTested {
            return evaluateEveryStep(selected, rule, starter: rule, rules)
        }
        selected.value =
            match.isTransformed ? match.value : transformed(member.value, node: rule.transformation, rules)
        guard match.isTested || test(rule, selected.value, rules) else { return false }
        act(on: selected, rule, starter: rule, rules)
        return true
    }

    /// The place in the rule's list of the variable that names the member.
    private func targetNumber(of member: CandidateTable.Member, in rule: RuleRecord, _ rules: RuleSet) -> Int
    {
        for index in rule.targets {
            let target = rules.view.target(index)
            guard !target.isExcluded, target.variable == member.variable else { continue }
            if let path = member.path {
                if target.hasPath ? target.key == path : path.isEmpty { return index }
            } else if let key = member.key {
                if isNamed(key, hash: key.caseInsensitiveHash, by: target, rules) { return index }
            } else {
                return index
            }
        }
        return rule.targets.lowerBound
    }

    private func isExcluded(
        _ member: CandidateTable.Member, target: Int, by rule: RuleRecord, _ rules: RuleSet
    ) -> Bool {
        if member.variable == .xml { return isPathExcluded(rules.view.target(target), by: rule, rules) }
        return isExcluded(member.variable, key: member.key, by: rule, rules)
    }
}
