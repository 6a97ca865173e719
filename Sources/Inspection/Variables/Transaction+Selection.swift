// Which values a rule looks at.

internal import Automata
internal import Bytes
internal import RuleStore

extension Transaction {
    /// Collects the values of a rule's variables before any of them is tried, so that what a match
    /// sets is not tried by the same rule.
    ///
    /// An exclusion takes away from the whole list, wherever it stands in it. Absent members give no
    /// value; a count always gives one.
    func select(_ rule: RuleRecord, isStarter: Bool, _ rules: RuleSet) {
        scratch.selection.removeAll(keepingCapacity: true)
        if controls.hasRemovedTargets(rule: rule.index) { collectRemovedTargets(of: rule, isStarter: isStarter, rules) }
        let isFiltered = rule.hasExclusions || !scratch.removedTargets.isEmpty
        for index in rule.targets {
            let target = rules.view.target(index)
            if target.isExcluded { continue }
            // The handshake's own values were judged with the handshake.
            if isStarter, plan.isMessage, !target.variable.isCarriedByMessages { continue }
            if target.isCounted {
                if isFiltered, isWhollyRemoved(target, rules) { continue }
                scratch.selection.append(
                    SelectedValue(
                        variable: target.variable, key: nil, value: number(count(target, rule, rules))))
            } else if isFiltered {
                addFiltered(target, rule, rules)
            } else {
                add(target, rule, rules)
            }
        }
        scratch.removedTargets.removeAll(keepingCapacity: true)
    }

    private func add(_ target: TargetRecord, _ rule: RuleRecord, _ rules: RuleSet) {
        visit(target, rule, rules) { key, value in
            scratch.selection.append(SelectedValue(variable: target.variable, key: key, value: value))
        }
    }

    /// Leaves out what the rule itself or a ctl excludes.
    private func addFiltered(_ target: TargetRecord, _ rule: RuleRecord, _ rules: RuleSet) {
        if target.variable == .xml, isPathExcluded(target, by: rule, rules) { return }
        visit(target, rule, rules) { key, value in
            guard !isExcluded(target.variable, key: key, by: rule, rules) else { return }
            scratch.selection.append(SelectedValue(variable: target.variable, key: key, value: value))
        }
    }

    func count(_ target: TargetRecord, _ rule: RuleRecord, _ rules: RuleSet) -> Int {
        var count = 0
        visit(target, rule, rules) { _, _ in count += 1 }
        return count
    }

    /// Calls `body` with each value that a target names.
    private func visit(
        _ target: TargetRecord, _ rule: RuleRecord, _ rules: RuleSet, _ body: (ByteView?, ByteView) -> Void
    ) {
        let variable = target.variable
        guard variable.isCollection else {
            if let value = scalar(variable) { body(nil, value) }
            return
        }
        if variable == .xml { return visitXML(target, rule, rules) { body(nil, $0) } }
        if target.hasKey, variable == .tx {
            if let member = tx.member(constant: target.key) { body(member.name, member.value) }
            return
        }
        if target.hasKey, let record = record(of: variable) {
            if let value = record[target.key] { body(record.spelling(of: target.key), value) }
            return
        }
        visitMembers(of: variable) { name, hash, value in
            if isNamed(name, hash: hash, by: target, rules) { body(name, value) }
            return true
        }
    }

    /// The record of a collection that is looked into by name.
    private func record(of variable: VariableName) -> TransactionVariables? {
        variable == .webSocketState ? connectionState.variables : collections[variable]
    }

    func isNamed(_ name: ByteView, hash: UInt32, by target: TargetRecord, _ rules: RuleSet) -> Bool {
        if target.hasKey { return target.keyHash == hash && target.key.equalsIgnoringASCIICase(name) }
        if target.hasPattern { return scratch.matcher.matches(rules.pattern(target.program), name) }
        return true
    }

    func isExcluded(
        _ variable: VariableName, key: ByteView?, by rule: RuleRecord, _ rules: RuleSet
    ) -> Bool {
        if rule.hasExclusions {
            for index in rule.targets {
                let exclusion = rules.view.target(index)
                if exclusion.isExcluded, excludes(exclusion, variable, key: key, rules) { return true }
            }
        }
        for index in scratch.removedTargets
        where excludes(rules.view.target(index), variable, key: key, rules) {
            return true
        }
        return false
    }

    private func excludes(
        _ exclusion: TargetRecord, _ variable: VariableName, key: ByteView?, _ rules: RuleSet
    ) -> Bool {
        guard exclusion.variable == variable, !exclusion.hasPath else { return false }
        guard let key else { return !exclusion.hasKey && !exclusion.hasPattern }
        return isNamed(key, hash: key.caseInsensitiveHash, by: exclusion, rules)
    }

    /// Whether a count is of something that a ctl took away as a whole, or by that very name.
    private func isWhollyRemoved(_ target: TargetRecord, _ rules: RuleSet) -> Bool {
        for index in scratch.removedTargets {
            let removed = rules.view.target(index)
            guard removed.variable == target.variable else { continue }
            if !removed.hasKey, !removed.hasPattern, !removed.hasPath { return true }
            if removed.hasKey, target.hasKey, removed.key.equalsIgnoringASCIICase(target.key) { return true }
        }
        return false
    }

    /// XPath expressions are told apart as they are written.
    func isPathExcluded(_ target: TargetRecord, by rule: RuleRecord, _ rules: RuleSet) -> Bool {
        func excludes(_ exclusion: TargetRecord) -> Bool {
            exclusion.variable == .xml && (!exclusion.hasPath || exclusion.key == target.key)
        }
        for index in rule.targets {
            let exclusion = rules.view.target(index)
            if exclusion.isExcluded, excludes(exclusion) { return true }
        }
        for index in scratch.removedTargets where excludes(rules.view.target(index)) { return true }
        return false
    }
}
