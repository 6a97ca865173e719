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
        for index in rule.targets {
            let target = rules.view.target(index)
            if target.isExcluded { continue }
            // The handshake's own values were judged with the handshake.
            if isStarter, plan.isMessage, !target.variable.isCarriedByMessages { continue }
            if target.isCounted {
                scratch.selection.append(
                    SelectedValue(
                        variable: target.variable, key: nil, value: number(count(target, rules))))
            } else if rule.hasExclusions {
                add(target, rule, rules)
            } else {
                add(target, rules)
            }
        }
    }

    private func add(_ target: TargetRecord, _ rules: RuleSet) {
        visit(target, rules) { key, value in
            scratch.selection.append(SelectedValue(variable: target.variable, key: key, value: value))
        }
    }

    private func add(_ target: TargetRecord, _ rule: RuleRecord, _ rules: RuleSet) {
        visit(target, rules) { key, value in
            guard !isExcluded(target.variable, key: key, by: rule, rules) else { return }
            scratch.selection.append(SelectedValue(variable: target.variable, key: key, value: value))
        }
    }

    private func count(_ target: TargetRecord, _ rules: RuleSet) -> Int {
        var count = 0
        visit(target, rules) { _, _ in count += 1 }
        return count
    }

    /// Calls `body` with each value that a target names.
    private func visit(
        _ target: TargetRecord, _ rules: RuleSet, _ body: (ByteView?, ByteView) -> Void
    ) {
        guard target.variable.isCollection else {
            if let value = scalar(target.variable) { body(nil, value) }
            return
        }
        if target.variable == .tx, target.hasKey {
            if let value = tx[target.key] { body(tx.spelling(of: target.key), value) }
            return
        }
        visitMembers(of: target.variable) { name, hash, value in
            if isNamed(name, hash: hash, by: target, rules) { body(name, value) }
            return true
        }
    }

    private func isNamed(_ name: ByteView, hash: UInt32, by target: TargetRecord, _ rules: RuleSet) -> Bool {
        if target.hasKey { return target.keyHash == hash && target.key.equalsIgnoringASCIICase(name) }
        if target.hasPattern { return scratch.matcher.matches(rules.pattern(target.program), name) }
        return true
    }

    private func isExcluded(
        _ variable: VariableName, key: ByteView?, by rule: RuleRecord, _ rules: RuleSet
    ) -> Bool {
        for index in rule.targets {
            let exclusion = rules.view.target(index)
            guard exclusion.isExcluded, exclusion.variable == variable else { continue }
            guard let key else { return true }
            if isNamed(key, hash: key.caseInsensitiveHash, by: exclusion, rules) { return true }
        }
        return false
    }
}
