// SecRuleRemoveById: takes away rules loaded before, with all links of their chains.

internal import Bytes
internal import RuleStore

extension RuleSetBuilder {
    /// - Parameter argument: Ids and ranges such as `911100` or `920000-920999`.
    mutating func removeRules(_ argument: PlacedText, _ directive: PlacedText) {
        let items = argument.split { $0 == UInt8(ascii: ",") || ASCII.isSpace($0) }
        if items.isEmpty { refuse(argument, of: directive.string, expected: RuleID.rangeExpected) }
        for item in items {
            if let ids = RuleID.parseRange(item.bytes) {
                removeRules(ids)
            } else {
                refuse(item, of: directive.string, expected: RuleID.rangeExpected)
            }
        }
    }

    private mutating func removeRules(_ ids: ClosedRange<UInt32>) {
        var kept: [RuleDraft] = []
        kept.reserveCapacity(rules.count)
        var isRemoving = false
        var isLink = false
        for rule in rules {
            // A link goes with its starter.
            if !isLink { isRemoving = rule.kind != .marker && ids.contains(rule.id) }
            if !isRemoving { kept.append(rule) }
            isLink = rule.isChained
        }
        rules = kept
        // The place is free again: a rule that takes the id of a removed one is no duplicate.
        ruleIDs = ruleIDs.filter { !ids.contains($0.key) }
    }
}
