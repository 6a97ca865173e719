// What a rule changes in its transaction: variables, collections, the engine, the audit log.

internal import RuleStore

extension RuleSetBuilder {
    mutating func applyEffect(_ word: ResolvedAction, to rule: inout RuleDraft) {
        let value = word.value
        switch word.name {
        case .setvar:
            if let assignment = AssignmentParser.parse(value, into: &diagnostics) {
                rule.actions.append(.assign(assignment))
            }
        case .setenv:
            if let assignment = AssignmentParser.parseEnvironment(value, into: &diagnostics) {
                rule.actions.append(.assign(assignment))
            }
        case .initcol:
            if let opening = CollectionActionParser.parseOpening(value, into: &diagnostics) {
                rule.actions.append(.openCollection(opening))
            }
        case .setsid: open(.session, value, isOfApplication: true, &rule)
        case .setuid: open(.user, value, isOfApplication: true, &rule)
        case .setrsc: open(.resource, value, isOfApplication: true, &rule)
        case .expirevar: age(.expire, value, &rule)
        case .deprecatevar: age(.deprecate, value, &rule)
        case .ctl: rule.actions += compileControls(value).map(ActionDraft.control)
        case .append: rule.actions.append(.inject(.behind, MacroParser.parse(value, into: &diagnostics)))
        case .prepend: rule.actions.append(.inject(.before, MacroParser.parse(value, into: &diagnostics)))
        case .sanitiseArg: sanitise(.argument, value, &rule)
        case .sanitiseRequestHeader: sanitise(.requestHeader, value, &rule)
        case .sanitiseResponseHeader: sanitise(.responseHeader, value, &rule)
        case .sanitiseMatched: sanitise(.matched, value, &rule)
        default: sanitise(.matchedBytes, value, &rule)
        }
    }

    private mutating func open(
        _ collection: VariableName, _ key: PlacedText, isOfApplication: Bool, _ rule: inout RuleDraft
    ) {
        let key = MacroParser.parse(key, into: &diagnostics)
        rule.actions.append(
            .openCollection(CollectionOpening(collection: collection, key: key, isOfApplication: isOfApplication)))
    }

    private mutating func age(_ kind: CollectionAging.Kind, _ value: PlacedText, _ rule: inout RuleDraft) {
        if let aging = CollectionActionParser.parseAging(kind, value, into: &diagnostics) {
            rule.actions.append(.age(aging))
        }
    }

    private mutating func sanitise(
        _ subject: SanitiseSubject, _ name: PlacedText, _ rule: inout RuleDraft
    ) {
        rule.actions.append(.sanitise(subject, name: MacroParser.parse(name, into: &diagnostics)))
    }
}
