// Operators by name.

internal import Bytes
internal import RuleStore

extension Transaction {
    /// Whether the rule matches the value: the operator's answer, turned round by `!`.
    func test(_ rule: RuleRecord, _ value: ByteView, _ rules: RuleSet) -> Bool {
        isSatisfied(rule, value, rules) != rule.isNegated
    }

    private func isSatisfied(_ rule: RuleRecord, _ value: ByteView, _ rules: RuleSet) -> Bool {
        switch rule.operatorName {
        case .rx: RegularExpression.matches(rules.pattern(rule.program!), value, scratch.matcher)
        case .pm, .pmFromFile: PhraseMatch.find(rules.phrases(rule.program!), in: value) != nil
        case .ipMatch: AddressMatch.matches(rules.addresses(rule.program!), value)
        case .streq: StringEquality.matches(value, argument(rule, rules))
        case .contains: Containment.matches(value, argument(rule, rules))
        case .beginsWith: Prefix.matches(value, argument(rule, rules))
        case .endsWith: Suffix.matches(value, argument(rule, rules))
        case .eq: NumberEquality.matches(value, argument(rule, rules))
        case .ge: AtLeast.matches(value, argument(rule, rules))
        case .gt: GreaterThan.matches(value, argument(rule, rules))
        case .le: AtMost.matches(value, argument(rule, rules))
        case .lt: LessThan.matches(value, argument(rule, rules))
        case .unconditionalMatch: true
        }
    }

    private func argument(_ rule: RuleRecord, _ rules: RuleSet) -> ByteView {
        expand(rule.operatorText, rules)
    }

    /// Writes TX.0 to TX.9 for a rule with `capture` that matched; all ten are cleared first.
    func capture(_ rule: RuleRecord, _ value: ByteView, _ rules: RuleSet) {
        switch rule.operatorName {
        case .rx:
            guard
                RegularExpression.captures(
                    rules.pattern(rule.program!), value, scratch.matcher, into: &scratch.groups)
            else { return }
            tx.clearCaptures()
            for group in 0..<min(scratch.groups.count, TransactionVariables.captureCount) {
                if let range = scratch.groups[group] { tx.setCapture(group, to: kept(value[range])) }
            }
        case .pm, .pmFromFile:
            guard let range = PhraseMatch.find(rules.phrases(rule.program!), in: value) else { return }
            tx.clearCaptures()
            // The phrase, not the text that it was found in: it is held in lower case.
            tx.setCapture(0, to: Lowercase.apply(value[range], in: arena))
        case .streq, .contains, .beginsWith, .endsWith, .eq, .ge, .gt, .le, .lt, .ipMatch,
            .unconditionalMatch:
            break
        }
    }
}
