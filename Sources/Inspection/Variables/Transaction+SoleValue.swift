// Rules that look at one value at most: a count, a single variable, a member of TX.

internal import Bytes
internal import RuleStore

/// What a rule's variables come to.
enum SoleValue {
    /// There is no value to look at.
    case none
    case value(SelectedValue)
    /// More than one, or one that takes a visit to find.
    case several
}

extension Transaction {
    /// The value of a rule that names one simple variable, without a list being made: most rules that steer
    /// others are of this kind.
    func soleValue(of rule: RuleRecord, isStarter: Bool, _ rules: RuleSet) -> SoleValue {
        let targets = rule.targets
        guard targets.count == 1, !controls.hasRemovedTargets(rule: rule.index) else { return .several }
        let target = rules.view.target(targets.lowerBound)
        let variable = target.variable
        if target.isExcluded { return .none }
        if variable == .tx, target.hasKey, TransactionVariables.isCapture(target.key) { settleCaptures(rules) }
        if isStarter, plan.isMessage, !variable.isCarriedByMessages { return .none }
        if target.isCounted {
            let count =
                if target.hasKey, variable == .tx {
                    tx.member(constant: target.key) == nil ? 0 : 1
                } else {
                    count(target, rule, rules)
                }
            return .value(SelectedValue(variable: variable, key: nil, value: number(count)))
        }
        if target.hasKey, variable == .tx {
            guard let member = tx.member(constant: target.key) else { return .none }
            return .value(SelectedValue(variable: variable, key: member.name, value: member.value))
        }
        guard !variable.isCollection else { return .several }
        guard let value = scalar(variable) else { return .none }
        return .value(SelectedValue(variable: variable, key: nil, value: value))
    }
}
