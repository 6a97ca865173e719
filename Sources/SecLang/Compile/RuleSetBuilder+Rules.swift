// SecRule, SecAction and SecMarker, and how they hang together in chains.

internal import RuleStore

extension RuleSetBuilder {
    /// - Parameters:
    ///   - variables: nil for a SecAction.
    ///   - test: nil for a SecAction.
    mutating func addRule(
        _ directive: PlacedText, variables: [VariableSyntax]?, test: OperatorSyntax?,
        actions: [ActionSyntax]
    ) {
        let words = resolve(actions)
        let place = diagnostics.place(of: directive)
        var rule: RuleDraft
        var starter: Int?
        if case .open(let index, let phase, _) = chain {
            rule = makeLink(phase: phase, words)
            starter = index
        } else {
            rule = defaults[compilePhase(words)]
        }
        rule.kind = variables == nil ? .action : .rule
        rule.file = place.file
        rule.line = UInt32(place.line)
        if let variables, let test {
            rule.targets = compileTargets(variables, directive)
            rule.test = compile(test)
            checkSubstitution(rule, test)
        }
        apply(words, to: &rule, defaultRule: defaults[rule.phase])
        if starter == nil { checkID(of: rule, words, actions, directive) }
        rules.append(rule)
        // The answer belongs to the chain, whichever link names its status.
        if let starter, words.has(.status) { rules[starter].status = rule.status }
        updateChain(rule, starter: starter, directive)
    }

    /// A further link: it starts from the defaults of the chain's phase, except for what acts for
    /// the whole chain.
    private mutating func makeLink(phase: UInt32, _ words: [ResolvedAction]) -> RuleDraft {
        for word in words where word.name.belongsToChainStarter {
            diagnostics.report(.onlyOnChainStarter(word.name.rawValue), at: word.place)
        }
        var link = defaults[phase]
        link.disruption = .pass
        link.tags = []
        return link
    }

    /// - Parameter rule: The first rule of a chain, or one without a chain.
    private mutating func checkID(
        of rule: RuleDraft, _ words: [ResolvedAction], _ actions: [ActionSyntax],
        _ directive: PlacedText
    ) {
        guard let word = words.last(where: { $0.name == .id }) else {
            // An id without a value was reported; behind a broken rule this may be a link.
            let isNamed = actions.contains { $0.name.string.lowercased() == ActionName.id.rawValue }
            if case .none = chain, !isNamed { diagnostics.report(.missingRuleID, at: directive) }
            return
        }
        // An id that could not be read was reported.
        guard rule.id != 0 else { return }
        if let first = ruleIDs[rule.id] {
            diagnostics.report(.duplicateRuleID(rule.id, first: first), at: word.place)
        } else {
            ruleIDs[rule.id] = diagnostics.place(of: word.place)
        }
    }

    private mutating func updateChain(_ rule: RuleDraft, starter: Int?, _ directive: PlacedText) {
        guard rule.isChained else {
            chain = .none
            return
        }
        if starter == nil {
            chain = .open(starter: rules.count - 1, phase: rule.phase, directive: directive)
        }
    }

    mutating func addMarker(_ name: PlacedText, directive: PlacedText) {
        interruptChain(by: directive)
        if name.isEmpty { refuse(name, of: directive.string, expected: "a name") }
        var marker = RuleDraft()
        let place = diagnostics.place(of: directive)
        marker.kind = .marker
        marker.markerName = name.string
        marker.file = place.file
        marker.line = UInt32(place.line)
        rules.append(marker)
    }

    /// Reports a directive that can not stand between the links of a chain; the chain is over then.
    mutating func interruptChain(by directive: PlacedText) {
        if case .open = chain {
            diagnostics.report(.chainInterrupted(by: directive.string), at: directive)
        }
        chain = .none
    }
}
