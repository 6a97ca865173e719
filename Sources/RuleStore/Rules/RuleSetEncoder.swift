// Lays a compiled rule set out as bytes that workers read in place.

/// Turns a ``RuleSetDraft`` into the bytes that ``RuleSetView`` reads.
package struct RuleSetEncoder {
    private var strings = StringPool()
    private var texts = TextTable()
    private var trie = TransformationTrie()
    private var rules: [UInt32] = []
    private var targets: [UInt32] = []
    private var assignments: [UInt32] = []
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
        let firstAssignment = UInt32(assignments.count / 4)
        for assignment in rule.assignments {
            assignments += [
                assignment.collection.rawValue, texts.index(of: assignment.name, strings: &strings),
                assignment.kind.rawValue, texts.index(of: assignment.value, strings: &strings),
            ]
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
        set(.firstAssignment, firstAssignment)
        set(.assignmentCount, UInt32(rule.assignments.count))
        set(.message, texts.index(of: rule.message, strings: &strings))
        set(.logData, texts.index(of: rule.logData, strings: &strings))
        set(.firstTag, firstTag)
        set(.tagCount, UInt32(rule.tags.count))
        set(.severity, rule.severity ?? RuleSetLayout.none)
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

    private mutating func assemble(_ draft: RuleSetDraft) -> [UInt8] {
        let planner = RulePlanner(rules: draft.rules)
        var plans: [UInt32] = []
        var entries: [UInt32] = []
        for plan in RulePlan.allCases {
            let steps = planner.entries(of: plan)
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
        var writer = RuleSetWriter()
        writer.add(.settings, words: Self.words(of: draft.settings))
        writer.add(.rules, words: rules)
        writer.add(.targets, words: targets)
        writer.add(.assignments, words: assignments)
        writer.add(.texts, words: texts.texts)
        writer.add(.textParts, words: texts.parts)
        writer.add(.tags, words: tags)
        writer.add(.transformations, words: trie.words)
        writer.add(.plans, words: plans)
        writer.add(.entries, words: entries)
        writer.add(.bodyTypes, words: bodyTypes)
        writer.add(.accumulators, words: accumulators)
        writer.add(.messageReads, words: messageReads)
        writer.add(.strings, bytes: strings.bytes)
        return writer.finish(programs: draft.programs)
    }

    private static func words(of settings: EngineSettings) -> [UInt32] {
        func halves(_ number: Int) -> [UInt32] {
            let bits = UInt64(max(0, number))
            return [UInt32(truncatingIfNeeded: bits), UInt32(truncatingIfNeeded: bits >> 32)]
        }
        let flags: UInt32 = (settings.inspectsRequestBody ? 1 : 0) | (settings.inspectsResponseBody ? 2 : 0)
        return [settings.mode.rawValue, flags]
            + halves(settings.requestBodyLimitBytes) + halves(settings.requestBodyNoFilesLimitBytes)
            + halves(settings.responseBodyLimitBytes)
            + [
                settings.requestBodyLimitAction.rawValue, settings.responseBodyLimitAction.rawValue,
                UInt32(settings.argumentSeparator), 0,
            ]
    }
}
