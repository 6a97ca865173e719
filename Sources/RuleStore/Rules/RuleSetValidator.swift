// Checks every record of a rule set once, so that nothing needs checking while rules run.

internal import Bytes

/// Walks all sections of a blob. Time grows linearly with its size.
struct RuleSetValidator {
    let blob: ByteView
    let sections: RuleSetSections

    func validate() throws(RuleSetError) {
        try settings()
        try strings(.bodyTypes, at: 0)
        try accumulators()
        try messageReads()
        try programs()
        try texts()
        try transformations()
        try each(.tags) { record in isText(word(record, 0)) }
        try targets()
        try selections()
        try actions()
        try each(.namespaces) { record in isString(record, 0) && isString(record, 2) }
        try rules()
        try plans()
        try evaluation()
    }

    /// Runs `isSound` over the byte offsets of a section's records.
    func each(
        _ section: RuleSetLayout.Section, _ isSound: (Int) -> Bool
    ) throws(RuleSetError) {
        let place = sections[section]
        for index in 0..<place.count where !isSound(place.offset + index * section.recordBytes) {
            throw .damagedRecord(section: "\(section)", record: index)
        }
    }

    func word(_ record: Int, _ index: Int) -> UInt32 { blob.loadUInt32(at: record + index * 4) }

    func isText(_ index: UInt32) -> Bool { Int(index) < sections[.texts].count }

    /// Whether a run of `count` records from `first` lies in `section`.
    func isRun(_ first: UInt32, _ count: UInt32, in section: RuleSetLayout.Section) -> Bool {
        Int(first) + Int(count) <= sections[section].count
    }

    func isString(_ record: Int, _ index: Int) -> Bool {
        isRun(word(record, index), word(record, index + 1), in: .strings)
    }

    func isProgram(_ index: UInt32, _ kind: ProgramDraft.Kind) -> Bool {
        Int(index) < sections[.programs].count
            && blob.loadUInt32(at: sections[.programs].offset + Int(index) * 12) == kind.rawValue
    }

    private func settings() throws(RuleSetError) {
        try each(.settings) { record in
            func value(_ name: SettingsWord) -> UInt32 { word(record, name.rawValue) }
            let texts: [SettingsWord] = [
                .auditLog, .webAppID, .serverSignature, .sensorID, .debugLog, .componentSignatures,
            ]
            return EngineSettings.Mode(rawValue: value(.mode)) != nil
                && value(.flags) <= SettingsWord.Flag.all
                && EngineSettings.LimitAction(rawValue: value(.requestAction)) != nil
                && EngineSettings.LimitAction(rawValue: value(.responseAction)) != nil
                && value(.argumentSeparator) < 256
                && (value(.auditMode) == RuleSetLayout.none
                    || EngineSettings.AuditMode(rawValue: value(.auditMode)) != nil)
                && AuditParts(rawValue: value(.auditParts)).isSubset(of: .all)
                && (value(.auditRelevantStatus) == RuleSetLayout.none
                    || isProgram(value(.auditRelevantStatus), .pattern)
                    || isProgram(value(.auditRelevantStatus), .backtracking))
                && texts.allSatisfy { isString(record, $0.rawValue) }
        }
    }

    private func strings(_ section: RuleSetLayout.Section, at index: Int) throws(RuleSetError) {
        try each(section) { record in isString(record, index) }
    }

    private func accumulators() throws(RuleSetError) {
        try each(.accumulators) { record in word(record, 0) < 2 && isString(record, 1) }
    }

    private func messageReads() throws(RuleSetError) {
        try each(.messageReads) { record in
            VariableName(rawValue: word(record, 0)) != nil && word(record, 1) < 2 && isString(record, 2)
        }
    }

    private func programs() throws(RuleSetError) {
        let place = sections[.programBytes]
        try each(.programs) { record in
            let offset = Int(word(record, 1))
            return ProgramDraft.Kind(rawValue: word(record, 0)) != nil
                && offset % RuleSetLayout.alignment == 0 && offset >= place.offset
                && offset + Int(word(record, 2)) <= place.offset + place.count
        }
    }

    private func texts() throws(RuleSetError) {
        try each(.texts) { record in isRun(word(record, 0), word(record, 1), in: .textParts) }
        // Text 0 stands for "no text".
        guard word(sections[.texts].offset, 1) == 0 else {
            throw .damagedRecord(section: "texts", record: 0)
        }
        try each(.textParts) { record in
            (word(record, 0) == 0 || VariableName(rawValue: word(record, 0)) != nil) && word(record, 1) < 2
                && isString(record, 2)
        }
    }

    private func transformations() throws(RuleSetError) {
        let place = sections[.transformations]
        var depths = [0]
        try each(.transformations) { record in
            let parent = Int(word(record, 0))
            let node = (record - place.offset) / 8 + 1
            // A parent before its node: walking up always ends.
            guard parent < node, TransformationName(rawValue: word(record, 1)) != nil else { return false }
            depths.append(depths[parent] + 1)
            return depths[node] <= RuleSetLayout.pipelineLimit
        }
    }

    private func targets() throws(RuleSetError) {
        try each(.targets) { record in
            let flags = word(record, 1)
            let selector = flags & RuleSetLayout.TargetFlag.selectors
            let isPattern = selector == RuleSetLayout.TargetFlag.pattern
            return VariableName(rawValue: word(record, 0)) != nil && flags <= RuleSetLayout.TargetFlag.all
                && selector.nonzeroBitCount <= 1 && isString(record, 2)
                && (isPattern ? isProgram(word(record, 5), .pattern) : word(record, 5) == RuleSetLayout.none)
        }
    }
}
