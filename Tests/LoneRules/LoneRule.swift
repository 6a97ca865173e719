// A rule of a rule set, alone: what it costs is not hidden by others.

package import RuleStore

/// One chain with what sets the set up, and nothing that jumps over it.
package struct LoneRule: Sendable {
    package var id: UInt32
    /// The chain and, before it, the rules that give TX its first values.
    package var draft: RuleSetDraft
    /// The variables that its links look at.
    package var targets: [TargetDraft]
    /// Texts of the patterns and phrase lists that its links search for.
    package var searched: [[UInt8]]

    /// Every chain of a set whose id is given, in order.
    package static func all(of draft: RuleSetDraft) -> [LoneRule] {
        let chains = chains(of: draft)
        let opening = chains.filter { isOpening(draft.rules[$0.lowerBound]) }
        let smallest = draft.programs.filter { $0.kind == .pattern }.min { $0.bytes.count < $1.bytes.count }
        return chains.compactMap { chain in
            let starter = draft.rules[chain.lowerBound]
            guard starter.id != 0 else { return nil }
            let kept = isOpening(starter) ? opening : opening + [chain]
            var lone = draft
            lone.rules = kept.flatMap { draft.rules[$0] }.map { withoutJumps($0) }
            lone.selections = []
            lone.settings.requestBodyNoFilesLimitBytes = draft.settings.requestBodyLimitBytes
            // Programs keep their numbers; those of other rules need not be read.
            let used = usedPrograms(of: lone)
            for index in lone.programs.indices where !used.contains(index) {
                if let smallest { lone.programs[index] = smallest }
            }
            let links = draft.rules[chain]
            return LoneRule(
                id: starter.id, draft: lone, targets: links.flatMap(\.targets),
                searched: links.compactMap { searched($0.test) })
        }
    }

    private static func chains(of draft: RuleSetDraft) -> [Range<Int>] {
        var chains: [Range<Int>] = []
        var start = 0
        for index in draft.rules.indices where !draft.rules[index].isChained {
            if draft.rules[index].kind != .marker { chains.append(start..<index + 1) }
            start = index + 1
        }
        return chains
    }

    /// The engine's own settings, those of the set and its initial values.
    private static func isOpening(_ rule: RuleDraft) -> Bool {
        ["test-engine.conf", "crs-setup.conf.example", "test-setup.conf", "REQUEST-901-INITIALIZATION.conf"]
            .contains { rule.file.hasSuffix($0) }
    }

    private static func withoutJumps(_ rule: RuleDraft) -> RuleDraft {
        var rule = rule
        rule.skipAfter = ""
        rule.skip = 0
        rule.actions.removeAll { action in
            switch action {
            case .control(.removeRules), .control(.removeTarget): true
            default: false
            }
        }
        return rule
    }

    private static func usedPrograms(of draft: RuleSetDraft) -> Set<Int> {
        var used: Set<Int> = []
        if let status = draft.settings.auditRelevantStatus { used.insert(status) }
        for rule in draft.rules {
            if let program = rule.test.program { used.insert(program) }
            for target in rule.targets {
                if case .pattern(let program) = target.selector { used.insert(program) }
            }
        }
        return used
    }

    private static func searched(_ test: OperatorDraft) -> [UInt8]? {
        guard test.name == .rx || test.name == .pm, case .literal(let text)? = test.argument.parts.first
        else {
            return nil
        }
        return text
    }
}
