// The checks of actions and of the selections of rules that they name.

internal import Bytes

extension RuleSetValidator {
    func selections() throws(RuleSetError) {
        try each(.selections) { record in isRun(word(record, 0), word(record, 1), in: .selectionRanges) }
        try each(.selectionRanges) { record in
            word(record, 0) <= word(record, 1) && Int(word(record, 1)) <= sections[.rules].count
        }
    }

    func actions() throws(RuleSetError) { try each(.actions) { record in isSoundAction(record) } }

    private func isSoundAction(_ record: Int) -> Bool {
        guard let kind = ActionWords.Kind(rawValue: word(record, 0)), isText(word(record, 3)),
            isText(word(record, 4))
        else { return kindIsControl(record) && isSoundControl(record) }
        let variable = VariableName(rawValue: word(record, 1))
        switch kind {
        case .assign:
            return variable?.isAssignable == true && AssignmentDraft.Kind(rawValue: word(record, 2)) != nil
        case .open:
            return variable?.family == .collections && word(record, 2) < 2
        case .age:
            return variable?.isAssignable == true && CollectionAging.Kind(rawValue: word(record, 2)) != nil
        case .sanitise:
            return SanitiseSubject(rawValue: word(record, 1)) != nil
        case .inject:
            return InjectionPlace(rawValue: word(record, 1)) != nil
        case .pause:
            return true
        case .control:
            return isSoundControl(record)
        }
    }

    /// A ctl has other things where other actions have texts.
    private func kindIsControl(_ record: Int) -> Bool {
        word(record, 0) == ActionWords.Kind.control.rawValue
    }

    private func isSoundControl(_ record: Int) -> Bool {
        guard let control = ActionWords.Control(rawValue: word(record, 1)) else { return false }
        let operand = word(record, 2)
        switch control {
        case .ruleEngine: return EngineSettings.Mode(rawValue: operand) != nil
        case .auditEngine: return EngineSettings.AuditMode(rawValue: operand) != nil
        case .auditLogParts:
            return AuditPartsChange(rawValue: word(record, 3)) != nil
                && AuditParts(rawValue: operand).isSubset(of: .all)
        case .requestBodyAccess, .responseBodyAccess, .forceRequestBodyVariable: return operand < 2
        case .requestBodyProcessor: return BodyProcessorName(rawValue: operand) != nil
        case .requestBodyLimit, .responseBodyLimit: return operand > 0
        case .debugLogLevel: return operand <= 9
        case .removeRules: return isSelection(word(record, 5))
        case .removeTarget:
            return isSelection(word(record, 5)) && Int(word(record, 6)) < sections[.targets].count
        }
    }

    private func isSelection(_ index: UInt32) -> Bool { Int(index) < sections[.selections].count }
}
