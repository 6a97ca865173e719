// SecRuleRemoveById, SecRuleRemoveByTag, SecRuleRemoveByMsg: take away rules loaded before, with all
// links of their chains.

internal import Bytes
internal import RuleStore

extension RuleSetBuilder {
    mutating func removeRules(_ name: DirectiveName, _ arguments: [PlacedText], _ directive: PlacedText) {
        interruptChain(by: directive)
        for argument in arguments {
            if let selector = compileSelector(by: name.selection, argument, of: name.rawValue) {
                removeRules(selector)
            }
        }
    }

    /// - Parameter text: Ids and ranges such as `911100` or `920000-920999`, or a pattern.
    /// - Returns: nil when the text is wrong, which is reported.
    mutating func compileSelector(
        by kind: RuleSelector.Kind, _ text: PlacedText, of name: String
    ) -> RuleSelector? {
        guard kind == .id else {
            return compileTextPattern(text).map { pattern in
                RuleSelector(criterion: kind == .tag ? .tag(pattern) : .message(pattern))
            }
        }
        let items = text.split { $0 == UInt8(ascii: ",") || ASCII.isSpace($0) }
        if items.isEmpty { refuse(text, of: name, expected: RuleID.rangeExpected) }
        var ranges: [ClosedRange<UInt32>] = []
        for item in items {
            if let range = RuleID.parseRange(item.bytes) {
                ranges.append(range)
            } else {
                refuse(item, of: name, expected: RuleID.rangeExpected)
            }
        }
        return ranges.count == items.count && !ranges.isEmpty ? RuleSelector(criterion: .ids(ranges)) : nil
    }

    private mutating func compileTextPattern(_ text: PlacedText) -> TextPattern? {
        do throws(ProgramCompiler.PatternFault) {
            return try TextPattern(text.bytes)
        } catch {
            report(error, in: text)
            return nil
        }
    }

    private mutating func removeRules(_ selector: RuleSelector) {
        var kept: [RuleDraft] = []
        kept.reserveCapacity(rules.count)
        for chain in RuleChains(rules) {
            if selector.selects(rules[chain.lowerBound]) {
                // The place is free again: a rule that takes the id of a removed one is no duplicate.
                ruleIDs[rules[chain.lowerBound].id] = nil
            } else {
                kept += rules[chain]
            }
        }
        rules = kept
    }
}

extension DirectiveName {
    /// By what a removal or an update finds its rules.
    var selection: RuleSelector.Kind {
        switch self {
        case .ruleRemoveByTag, .ruleUpdateTargetByTag: .tag
        case .ruleRemoveByMsg, .ruleUpdateTargetByMsg: .message
        default: .id
        }
    }
}
