// SecRuleUpdateTargetById, SecRuleUpdateTargetByTag, SecRuleUpdateTargetByMsg and
// SecRuleUpdateActionById: change rules loaded before.

internal import Bytes
internal import RuleStore

extension RuleSetBuilder {
    /// Adds variables to the first rule of the chains that are meant, or takes some away (`!ARGS:x`).
    ///
    /// - Parameter arguments: Rules, variables, and possibly a variable whose place they take.
    mutating func updateTargets(_ name: DirectiveName, _ arguments: [PlacedText], _ directive: PlacedText) {
        interruptChain(by: directive)
        let (rulesText, link) = splitLink(arguments[0], of: name)
        let found = compileSelector(by: name.selection, rulesText, of: name.rawValue)
        let targets = VariableListParser.parse(arguments[1], into: &diagnostics).compactMap {
            compileTarget($0)
        }
        var replaced: [TargetDraft] = []
        if arguments.count == 3 {
            replaced = VariableListParser.parse(arguments[2], into: &diagnostics).compactMap {
                compileTarget($0)
            }
        }
        guard let selector = found else { return }
        for chain in RuleChains(rules) where selector.selects(rules[chain.lowerBound]) {
            guard link < chain.count, rules[chain.lowerBound + link].kind == .rule else { continue }
            update(&rules[chain.lowerBound + link].targets, with: targets, insteadOf: replaced)
        }
    }

    private func update(
        _ list: inout [TargetDraft], with targets: [TargetDraft], insteadOf replaced: [TargetDraft]
    ) {
        if !replaced.isEmpty {
            let count = list.count
            list.removeAll { target in replaced.contains(target) }
            // A variable that is not there can not be replaced.
            guard list.count < count else { return }
        }
        for target in targets where !list.contains(target) { list.append(target) }
    }

    /// `SecRuleUpdateActionById 942100:1 "…"`: the actions come behind those of the rule, so that
    /// they win; what belongs to the whole chain is that of its first rule.
    mutating func updateActions(_ name: DirectiveName, _ arguments: [PlacedText], _ directive: PlacedText) {
        interruptChain(by: directive)
        let (rulesText, link) = splitLink(arguments[0], of: name)
        let found = compileSelector(by: .id, rulesText, of: name.rawValue)
        var words = resolve(ActionSyntax.parseList(arguments[1], into: &diagnostics))
        for word in words where word.name.isFixed {
            diagnostics.report(.notInUpdate(word.name.rawValue), at: word.place)
        }
        if link > 0 {
            for word in words where word.name.belongsToChainStarter {
                diagnostics.report(.onlyOnChainStarter(word.name.rawValue), at: word.place)
            }
        }
        words.removeAll { $0.name.isFixed }
        guard let selector = found else { return }
        for chain in RuleChains(rules) where selector.selects(rules[chain.lowerBound]) {
            guard link < chain.count else { continue }
            var rule = rules[chain.lowerBound + link]
            apply(words, to: &rule, defaultRule: defaults[rule.phase])
            rules[chain.lowerBound + link] = rule
            if words.has(.status) { rules[chain.lowerBound].status = rule.status }
        }
    }

    /// Behind an id may stand, after a colon, how many links into the chain are meant.
    private mutating func splitLink(_ text: PlacedText, of name: DirectiveName) -> (PlacedText, Int) {
        guard name.selection == .id, let colon = text.bytes.firstIndex(of: UInt8(ascii: ":")) else {
            return (text, 0)
        }
        let offset = text[colon + 1..<text.count]
        guard let link = Number.parse(offset.bytes, in: 0...1_000) else {
            refuse(offset, of: name.rawValue, expected: "the number of a link, 0 for the first rule")
            return (text[0..<colon], 0)
        }
        return (text[0..<colon], link)
    }
}

extension ActionName {
    /// What a rule is made with and keeps.
    fileprivate var isFixed: Bool { self == .id || self == .phase || self == .chain }
}
