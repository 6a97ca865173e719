// Lays a compiled rule set out as bytes that workers read in place.

/// Turns a ``RuleSetDraft`` into the bytes that ``RuleSetView`` reads.
package struct RuleSetEncoder {
    private var strings = StringPool()
    private var texts = TextTable()
    private var trie = TransformationTrie()
    private var rules: [UInt32] = []
    private var targets: [UInt32] = []
    private var actions = ActionTable()
    private var namespaces: [UInt32] = []
    private var tags: [UInt32] = []

    private init() {}

    /// The blob of `draft`. Equal drafts give equal bytes.
    ///
    /// The draft must keep the promises of its types (programs named by index exist, a chain is
    /// followed by its next link, at most `RuleSetLayout.pipelineLimit` transformations a rule);
    /// what breaks them is refused when the bytes are validated.
    package static func encode(_ draft: RuleSetDraft) -> [UInt8] {
        var encoder = RuleSetEncoder()
        for rule in draft.rules { encoder.add(rule) }
        return encoder.assemble(draft)
    }

    private mutating func add(_ rule: RuleDraft) {
        let firstTarget = UInt32(targets.count / 6)
        for target in rule.targets { add(target) }
        let firstAction = UInt32(actions.count)
        for action in rule.actions { add(action) }
        let firstNamespace = UInt32(namespaces.count / 4)
        for index in stride(from: 0, to: rule.namespaces.count - 1, by: 2) {
            for name in rule.namespaces[index...(index + 1)] {
                let place = strings.place(name)
                namespaces += [place.offset, place.count]
            }
        }
        let firstTag = UInt32(tags.count)
        for tag in rule.tags { tags.append(texts.index(of: tag, strings: &strings)) }
        var words = [UInt32](repeating: 0, count: RuleSetLayout.RuleWord.count)
        func set(_ word: RuleSetLayout.RuleWord, _ value: UInt32) { words[word.rawValue] = value }
        set(.kind, rule.kind.rawValue)
        set(.id, rule.id)
        set(.phase, rule.phase)
        set(.flags, Self.flags(of: rule))
        set(.firstTarget, firstTarget)
        set(.targetCount, UInt32(rule.targets.count))
        set(.operatorName, rule.test.name.rawValue)
        set(.operatorText, texts.index(of: rule.test.argument, strings: &strings))
        set(.program, rule.test.program.map { UInt32($0) } ?? RuleSetLayout.none)
        set(.transformation, trie.node(of: rule.transformations))
        set(.disruption, rule.disruption.rawValue)
        set(.status, rule.status)
        set(.location, texts.index(of: rule.location, strings: &strings))
        set(.firstAction, firstAction)
        set(.actionCount, UInt32(rule.actions.count))
        set(.firstNamespace, firstNamespace)
        set(.namespaceCount, UInt32(rule.namespaces.count / 2))
        set(.message, texts.index(of: rule.message, strings: &strings))
        set(.logData, texts.index(of: rule.logData, strings: &strings))
        set(.firstTag, firstTag)
        set(.tagCount, UInt32(rule.tags.count))
        set(.severity, rule.severity ?? RuleSetLayout.none)
        set(.accuracy, rule.accuracy)
        set(.maturity, rule.maturity)
        let version = strings.place(rule.version)
        set(.versionOffset, version.offset)
        set(.versionCount, version.count)
        let revision = strings.place(rule.revision)
        set(.revisionOffset, revision.offset)
        set(.revisionCount, revision.count)
        let file = strings.place(rule.file)
        set(.fileOffset, file.offset)
        set(.fileCount, file.count)
        set(.line, rule.line)
        rules += words
    }

    private mutating func add(_ action: ActionDraft) {
        let nextTarget = UInt32(targets.count / 6)
        let removed = actions.append(action, texts: &texts, strings: &strings, nextTarget: nextTarget)
        if let removed { add(removed) }
    }

    private mutating func add(_ target: TargetDraft) {
        var flags: UInt32 = 0
        var place = StringPool.Place(offset: 0, count: 0)
        var hash: UInt32 = 0
        var program = RuleSetLayout.none
        switch target.selector {
        case .all: break
        case .key(let key):
            flags = RuleSetLayout.TargetFlag.key
            place = strings.place(key)
            hash = FieldName.hash(key)
        case .pattern(let index):
            flags = RuleSetLayout.TargetFlag.pattern
            program = UInt32(index)
        case .path(let expression):
            flags = RuleSetLayout.TargetFlag.path
            place = strings.place(expression)
        }
        if target.isCounted { flags |= RuleSetLayout.TargetFlag.isCounted }
        if target.isExcluded { flags |= RuleSetLayout.TargetFlag.isExcluded }
        targets += [target.variable.rawValue, flags, place.offset, place.count, hash, program]
    }

    private static func flags(of rule: RuleDraft) -> UInt32 {
        var flags: UInt32 = 0
        if rule.isChained { flags |= RuleSetLayout.RuleFlag.isChained }
        if rule.captures { flags |= RuleSetLayout.RuleFlag.captures }
        if rule.matchesEveryTransformation { flags |= RuleSetLayout.RuleFlag.matchesEveryTransformation }
        if rule.logs { flags |= RuleSetLayout.RuleFlag.logs }
        if rule.auditLogs { flags |= RuleSetLayout.RuleFlag.auditLogs }
        if rule.test.isNegated { flags |= RuleSetLayout.RuleFlag.isNegated }
        if rule.targets.contains(where: \.isExcluded) { flags |= RuleSetLayout.RuleFlag.hasExclusions }
        return flags
    }

    private func evaluationPlan(
        _ plan: RulePlan, _ entries: [PlanEntryDraft], _ draft: RuleSetDraft
    ) -> EvaluationPlanDraft {
        EvaluationPlanDraft(entries.map { draft.rules[$0.rule] }, isMessage: plan.isMessage) { names in
            trie.path(of: names)
        }
    }

    private mutating func assemble(_ draft: RuleSetDraft) -> [UInt8] {
        let planner = RulePlanner(rules: draft.rules)
        var plans: [UInt32] = []
        var entries: [UInt32] = []
        var evaluation = EvaluationTable()
        for plan in RulePlan.allCases {
            let steps = planner.entries(of: plan)
            evaluation.add(evaluationPlan(plan, steps, draft), strings: &strings)
            plans += [UInt32(entries.count / 2), UInt32(steps.count)]
            for step in steps { entries += [UInt32(step.rule), UInt32(step.resume)] }
        }
        let reads = MessageReads(of: draft.rules, planner: planner)
        var messageReads: [UInt32] = []
        for read in reads.members {
            let place = strings.place(read.key ?? [])
            messageReads += [read.variable.rawValue, read.key == nil ? 0 : 1, place.offset, place.count]
        }
        var accumulators: [UInt32] = []
        for accumulator in Accumulator.all(in: draft.rules) {
            let place = strings.place(accumulator.name)
            accumulators += [accumulator.isPrefix ? 1 : 0, place.offset, place.count]
        }
        var bodyTypes: [UInt32] = []
        for type in draft.settings.responseBodyTypes {
            let place = strings.place(type.lowercased())
            bodyTypes += [place.offset, place.count]
        }
        var selections: [UInt32] = []
        var selectionRanges: [UInt32] = []
        for selection in draft.selections {
            selections += [UInt32(selectionRanges.count / 2), UInt32(selection.count)]
            for range in selection { selectionRanges += [UInt32(range.lowerBound), UInt32(range.upperBound)] }
        }
        var writer = RuleSetWriter()
        writer.add(.settings, words: draft.settings.words(strings: &strings))
        writer.add(.rules, words: rules)
        writer.add(.targets, words: targets)
        writer.add(.actions, words: actions.words)
        writer.add(.selections, words: selections)
        writer.add(.selectionRanges, words: selectionRanges)
        writer.add(.namespaces, words: namespaces)
        writer.add(.texts, words: texts.texts)
        writer.add(.textParts, words: texts.parts)
        writer.add(.tags, words: tags)
        writer.add(.transformations, words: trie.words)
        writer.add(.plans, words: plans)
        writer.add(.entries, words: entries)
        writer.add(.bodyTypes, words: bodyTypes)
        writer.add(.accumulators, words: accumulators)
        writer.add(.messageReads, words: messageReads)
        writer.add(.evaluationPlans, words: evaluation.plans)
        writer.add(.evaluationSteps, words: evaluation.steps)
        writer.add(.evaluationSources, words: evaluation.sources)
        writer.add(.evaluationSelectors, words: evaluation.selectors)
        writer.add(.evaluationGates, words: evaluation.gates)
        writer.add(.evaluationWords, longWords: evaluation.pool.words)
        writer.add(.strings, bytes: strings.bytes)
        return writer.finish(programs: draft.programs)
    }
}
