// The checks of rules and plans.

internal import Bytes

extension RuleSetValidator {
    func rules() throws(RuleSetError) {
        let place = sections[.rules]
        for index in 0..<place.count where !isSoundRule(index) {
            throw .damagedRecord(section: "rules", record: index)
        }
    }

    private func ruleWord(_ index: Int, _ word: RuleSetLayout.RuleWord) -> UInt32 {
        blob.loadUInt32(
            at: sections[.rules].offset + (index * RuleSetLayout.RuleWord.count + word.rawValue) * 4)
    }

    private func isSoundRule(_ index: Int) -> Bool {
        func value(_ word: RuleSetLayout.RuleWord) -> UInt32 { ruleWord(index, word) }
        func isInside(
            _ first: RuleSetLayout.RuleWord, _ count: RuleSetLayout.RuleWord,
            _ section: RuleSetLayout.Section
        ) -> Bool {
            Int(value(first)) + Int(value(count)) <= sections[section].count
        }
        let texts = sections[.texts].count
        let severity = value(.severity)
        guard let kind = RuleDraft.Kind(rawValue: value(.kind)), (1...5).contains(value(.phase)),
            value(.flags) <= RuleSetLayout.RuleFlag.all,
            isInside(.firstTarget, .targetCount, .targets),
            isInside(.firstAction, .actionCount, .actions),
            isInside(.firstNamespace, .namespaceCount, .namespaces),
            Int(value(.location)) < texts,
            isInside(.firstTag, .tagCount, .tags),
            Int(value(.operatorText)) < texts, Int(value(.message)) < texts, Int(value(.logData)) < texts,
            Int(value(.transformation)) <= sections[.transformations].count,
            Disruption(rawValue: value(.disruption)) != nil, value(.status) < 1000,
            severity < 8 || severity == RuleSetLayout.none,
            isInside(.versionOffset, .versionCount, .strings),
            isInside(.revisionOffset, .revisionCount, .strings),
            isInside(.fileOffset, .fileCount, .strings)
        else { return false }
        return isSoundOperator(value(.operatorName), text: value(.operatorText), program: value(.program))
            && isSoundChain(index, kind: kind, flags: value(.flags))
    }

    private func isSoundOperator(_ name: UInt32, text: UInt32, program: UInt32) -> Bool {
        guard let name = OperatorName(rawValue: name) else { return false }
        let kinds = name.programKinds
        if program == RuleSetLayout.none {
            return kinds.isEmpty || (name.maySearchExpandedText && hasMacros(text))
        }
        return kinds.contains { isProgram(program, $0) }
    }

    private func hasMacros(_ text: UInt32) -> Bool {
        let record = sections[.texts].offset + Int(text) * 8
        let first = Int(blob.loadUInt32(at: record))
        return (first..<(first + Int(blob.loadUInt32(at: record + 4)))).contains { part in
            blob.loadUInt32(at: sections[.textParts].offset + part * 20) != 0
        }
    }

    /// A chain goes on with a rule or an action; a marker is no link of one.
    private func isSoundChain(_ index: Int, kind: RuleDraft.Kind, flags: UInt32) -> Bool {
        guard flags & RuleSetLayout.RuleFlag.isChained != 0 else { return true }
        return kind != .marker && index + 1 < sections[.rules].count
            && ruleWord(index + 1, .kind) != RuleDraft.Kind.marker.rawValue
    }

    func plans() throws(RuleSetError) {
        let entries = sections[.entries]
        for plan in RulePlan.allCases {
            let record = sections[.plans].offset + plan.rawValue * 8
            let first = Int(blob.loadUInt32(at: record))
            let count = Int(blob.loadUInt32(at: record + 4))
            guard first + count <= entries.count else {
                throw .damagedRecord(section: "plans", record: plan.rawValue)
            }
            for position in 0..<count {
                let entry = entries.offset + (first + position) * 8
                let rule = Int(blob.loadUInt32(at: entry))
                let resume = Int(blob.loadUInt32(at: entry + 4))
                // Resuming behind itself only: a walk always ends.
                guard rule < sections[.rules].count, resume > position, resume <= count,
                    ruleWord(rule, .kind) != RuleDraft.Kind.marker.rawValue
                else { throw .damagedRecord(section: "entries", record: first + position) }
            }
        }
    }
}
