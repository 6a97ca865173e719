// Checks that the evaluation plans stay inside their sections. What a row says is not checked: a wrong bit
// could only make a rule be tried in vain or not at all.

internal import Bytes

extension RuleSetValidator {
    func evaluation() throws(RuleSetError) {
        let plans = sections[.evaluationPlans]
        guard plans.count == RulePlan.allCases.count else {
            throw .damagedRecord(section: "evaluationPlans", record: plans.count)
        }
        let recordBytes = RuleSetLayout.Section.evaluationPlans.recordBytes
        try each(.evaluationPlans) { record in isPlan(record, number: (record - plans.offset) / recordBytes) }
        try each(.evaluationSteps) { record in Int(word(record, 0)) <= sections[.transformations].count }
        try each(.evaluationSources) { record in
            VariableName(rawValue: word(record, 0)) != nil
                && isRun(word(record, 2), word(record, 3), in: .evaluationSelectors)
        }
        try each(.evaluationSelectors) { record in
            guard let kind = EvaluationFormat.SelectorKind(rawValue: word(record, 0)), isString(record, 1) else {
                return false
            }
            return kind != .pattern || isProgram(word(record, 4), .pattern)
        }
        try each(.evaluationGates) { record in
            word(record, 1) <= UInt32(ByteGate.mostClasses) && word(record, 3) <= UInt32(ByteGate.mostPairs)
                && areWords(word(record, 0), Int(word(record, 1)) * EvaluationFormat.classWords)
                && areWords(word(record, 2), Int(word(record, 3)) * BytePair.wordCount)
        }
    }

    private func isPlan(_ record: Int, number: Int) -> Bool {
        func value(_ word: EvaluationFormat.PlanWord) -> UInt32 { self.word(record, word.rawValue) }
        let entries = Int(blob.loadUInt32(at: sections[.plans].offset + number * 8 + 4))
        let row = Int(value(.rowWords))
        guard row == max(1, (entries + 63) / 64), isRun(value(.firstStep), value(.stepCount), in: .evaluationSteps),
            isRun(value(.firstSource), value(.sourceCount), in: .evaluationSources),
            isRun(value(.firstGate), UInt32(entries), in: .evaluationGates), value(.stepCount) > 0,
            value(.stepCount) <= UInt32(EvaluationFormat.mostSteps)
        else { return false }
        return areWords(value(.unplanned), row) && areWords(value(.free), row * EvaluationFormat.slots)
            && areWords(value(.lengths), row * EvaluationFormat.lengthCount)
            && areWords(value(.gates), row * EvaluationFormat.slots * 256)
            && areSteps(value(.firstStep), value(.stepCount)) && areSources(record, row: row)
    }

    /// Step 0 is the value itself, and the parent of each step stands before it.
    private func areSteps(_ first: UInt32, _ count: UInt32) -> Bool {
        let nodes = (0..<Int(count)).map { Int(word(sections[.evaluationSteps].offset + (Int(first) + $0) * 4, 0)) }
        guard nodes[0] == 0 else { return false }
        var seen: Set<Int> = [0]
        for node in nodes.dropFirst() {
            guard node > 0, node <= sections[.transformations].count else { return false }
            let parent = Int(word(sections[.transformations].offset + (node - 1) * 8, 0))
            guard seen.contains(parent) else { return false }
            seen.insert(node)
        }
        return true
    }

    /// The rows of a plan's sources are as long as the plan's.
    private func areSources(_ plan: Int, row: Int) -> Bool {
        let first = Int(word(plan, EvaluationFormat.PlanWord.firstSource.rawValue))
        let count = Int(word(plan, EvaluationFormat.PlanWord.sourceCount.rawValue))
        for source in first..<(first + count) {
            let record = sections[.evaluationSources].offset + source * EvaluationFormat.sourceRecordBytes
            guard areWords(word(record, 1), row), isRun(word(record, 2), word(record, 3), in: .evaluationSelectors)
            else { return false }
            for selector in Int(word(record, 2))..<Int(word(record, 2) + word(record, 3)) {
                let place =
                    sections[.evaluationSelectors].offset + selector * EvaluationFormat.selectorRecordBytes
                guard areWords(word(place, 5), row) else { return false }
            }
        }
        return true
    }

    private func areWords(_ first: UInt32, _ count: Int) -> Bool {
        Int(first) + count <= sections[.evaluationWords].count
    }
}
