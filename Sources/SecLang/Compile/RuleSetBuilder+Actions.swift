// What the actions do to the rule that carries them: one step a family.

internal import RuleStore

extension RuleSetBuilder {
    /// The phase that the actions name, 2 when they name none.
    mutating func compilePhase(_ words: [ResolvedAction]) -> UInt32 {
        guard let word = words.last(where: { $0.name == .phase }) else { return 2 }
        let text = word.value.string.lowercased()
        if let phase = ValueNames.phases[text] ?? Number.parse(word.value.bytes, in: 1...5) {
            return phase
        }
        refuse(word.value, of: "phase", expected: "1 to 5, request, response or logging")
        return 2
    }

    /// Applies the actions in the order written: later words win.
    ///
    /// - Parameters:
    ///   - rule: Starts as the defaults of its phase.
    ///   - defaultRule: Those defaults as they stand now, for `block`: a later SecDefaultAction
    ///     changes rules behind it only.
    mutating func apply(_ words: [ResolvedAction], to rule: inout RuleDraft, defaultRule: RuleDraft) {
        for word in words {
            switch word.name.family {
            case .identity: applyIdentity(word, to: &rule)
            case .disruption: applyDisruption(word, to: &rule, defaultRule: defaultRule)
            case .logging: applyLogging(word, to: &rule)
            case .description: applyDescription(word, to: &rule)
            case .flow: applyFlow(word, to: &rule)
            case .matching: applyMatching(word, to: &rule)
            case .effect: applyEffect(word, to: &rule)
            }
        }
    }

    private mutating func applyIdentity(_ word: ResolvedAction, to rule: inout RuleDraft) {
        // The phase was read before, as it says which defaults the rule starts from.
        guard word.name == .id else { return }
        if let id = RuleID.parse(word.value.bytes) {
            rule.id = id
        } else {
            refuse(word.value, of: "id", expected: RuleID.expected)
        }
    }

    /// nolog means noauditlog too, unless a later word says otherwise.
    private func applyLogging(_ word: ResolvedAction, to rule: inout RuleDraft) {
        switch word.name {
        case .log: rule.logs = true
        case .nolog:
            rule.logs = false
            rule.auditLogs = false
        case .auditlog: rule.auditLogs = true
        default: rule.auditLogs = false
        }
    }

    private mutating func applyFlow(_ word: ResolvedAction, to rule: inout RuleDraft) {
        switch word.name {
        case .chain: rule.isChained = true
        case .skipAfter: rule.skipAfter = word.value.string
        default:
            if let count = Number.parse(word.value.bytes, in: UInt32(1)...1_000_000) {
                rule.skip = count
            } else {
                refuse(word.value, of: word.name.rawValue, expected: "a number of rules")
            }
        }
    }
}
