// A rule set read in place.

package import Bytes

/// The rules, targets, texts and programs of one rule set, in the bytes of the store.
///
/// Valid for as long as the bytes it was made from. All offsets and enumerations were checked once
/// by `init(validating:)`; reading a record afterwards is plain loads.
package struct RuleSetView: Sendable {
    let blob: ByteView
    let settingsOffset, rulesOffset, targetsOffset, actionsOffset: Int
    let selectionsOffset, selectionRangesOffset, namespacesOffset: Int
    let textsOffset, textPartsOffset, tagsOffset, transformationsOffset: Int
    let programsOffset, plansOffset, entriesOffset, stringsOffset: Int
    let evaluationPlansOffset, stepsOffset, sourcesOffset, selectorsOffset, gateRecordsOffset: Int
    let evaluationWordsOffset: Int
    let bodyTypes, accumulatorRecords, messageReadRecords: RuleSetSection
    package let ruleCount: Int
    package let programCount: Int
    package let actionCount: Int
    package let targetCount: Int
    /// Nodes of the tree of transformations, the empty list (node 0) left out.
    package let transformationCount: Int

    /// - Throws: ``RuleSetError`` on the first field that is out of range.
    package init(validating blob: ByteView) throws(RuleSetError) {
        let sections = try RuleSetSections(validating: blob)
        self.blob = blob
        settingsOffset = sections[.settings].offset
        rulesOffset = sections[.rules].offset
        targetsOffset = sections[.targets].offset
        actionsOffset = sections[.actions].offset
        selectionsOffset = sections[.selections].offset
        selectionRangesOffset = sections[.selectionRanges].offset
        namespacesOffset = sections[.namespaces].offset
        textsOffset = sections[.texts].offset
        textPartsOffset = sections[.textParts].offset
        tagsOffset = sections[.tags].offset
        transformationsOffset = sections[.transformations].offset
        programsOffset = sections[.programs].offset
        plansOffset = sections[.plans].offset
        entriesOffset = sections[.entries].offset
        stringsOffset = sections[.strings].offset
        evaluationPlansOffset = sections[.evaluationPlans].offset
        stepsOffset = sections[.evaluationSteps].offset
        sourcesOffset = sections[.evaluationSources].offset
        selectorsOffset = sections[.evaluationSelectors].offset
        gateRecordsOffset = sections[.evaluationGates].offset
        evaluationWordsOffset = sections[.evaluationWords].offset
        bodyTypes = sections[.bodyTypes]
        accumulatorRecords = sections[.accumulators]
        messageReadRecords = sections[.messageReads]
        ruleCount = sections[.rules].count
        programCount = sections[.programs].count
        actionCount = sections[.actions].count
        targetCount = sections[.targets].count
        transformationCount = sections[.transformations].count
        try RuleSetValidator(blob: blob, sections: sections).validate()
    }

    package func rule(_ index: Int) -> RuleRecord {
        RuleRecord(blob: blob, offset: rulesOffset + index * RuleSetLayout.RuleWord.count * 4, index: index)
    }

    package func target(_ index: Int) -> TargetRecord {
        let offset = targetsOffset + index * 24
        return TargetRecord(
            variable: VariableName(rawValue: blob.loadUInt32(at: offset))!,
            flags: blob.loadUInt32(at: offset + 4),
            key: string(at: offset + 8), keyHash: blob.loadUInt32(at: offset + 16),
            program: Int(blob.loadUInt32(at: offset + 20)))
    }

    /// A prefix for XPath selectors and the name of its namespace.
    package func namespace(_ index: Int) -> (prefix: ByteView, name: ByteView) {
        let offset = namespacesOffset + index * 16
        return (string(at: offset), string(at: offset + 8))
    }

    /// The places of a text's parts; empty for text 0.
    package func parts(ofText index: Int) -> Range<Int> {
        let offset = textsOffset + index * 8
        let first = Int(blob.loadUInt32(at: offset))
        return first..<(first + Int(blob.loadUInt32(at: offset + 4)))
    }

    package func textPart(_ index: Int) -> TextPart {
        let offset = textPartsOffset + index * 20
        let bytes = string(at: offset + 8)
        guard let variable = VariableName(rawValue: blob.loadUInt32(at: offset)) else {
            return .literal(bytes)
        }
        return blob.loadUInt32(at: offset + 4) == 0
            ? .variable(variable, key: nil, keyHash: 0)
            : .variable(variable, key: bytes, keyHash: blob.loadUInt32(at: offset + 16))
    }

    /// Text index of a tag.
    package func tag(_ index: Int) -> Int { Int(blob.loadUInt32(at: tagsOffset + index * 4)) }

    /// A node of the tree of transformations; `index` is at least 1.
    package func transformation(_ index: Int) -> TransformationRecord {
        let offset = transformationsOffset + (index - 1) * 8
        return TransformationRecord(
            parent: Int(blob.loadUInt32(at: offset)),
            name: TransformationName(rawValue: blob.loadUInt32(at: offset + 4))!)
    }

    /// A compiled matcher in place; `Automata` checks and reads it.
    package func program(_ index: Int) -> (kind: ProgramDraft.Kind, bytes: ByteView) {
        let offset = programsOffset + index * 12
        let start = Int(blob.loadUInt32(at: offset + 4))
        return (
            ProgramDraft.Kind(rawValue: blob.loadUInt32(at: offset))!,
            blob[start..<(start + Int(blob.loadUInt32(at: offset + 8)))]
        )
    }

    package func plan(_ plan: RulePlan) -> PlanView {
        let offset = plansOffset + plan.rawValue * 8
        return PlanView(
            blob: blob, offset: entriesOffset + Int(blob.loadUInt32(at: offset)) * 8,
            count: Int(blob.loadUInt32(at: offset + 4)))
    }

    /// What the plan's rules ask of values, as far as it can be tried on all of them at once.
    package func evaluation(_ plan: RulePlan) -> EvaluationPlanView { EvaluationPlanView(self, plan) }

    /// The string whose pool offset and count are the two words at `offset`.
    func string(at offset: Int) -> ByteView {
        let start = stringsOffset + Int(blob.loadUInt32(at: offset))
        return blob[start..<(start + Int(blob.loadUInt32(at: offset + 4)))]
    }
}
