// What the log tells of a rule: msg, logdata, tag, severity and their like.

internal import RuleStore

extension RuleSetBuilder {
    mutating func applyDescription(_ word: ResolvedAction, to rule: inout RuleDraft) {
        let value = word.value
        switch word.name {
        case .msg: rule.message = MacroParser.parse(value, into: &diagnostics)
        case .logdata: rule.logData = MacroParser.parse(value, into: &diagnostics)
        case .tag: rule.tags.append(MacroParser.parse(value, into: &diagnostics))
        case .ver: rule.version = value.string
        case .rev: rule.revision = value.string
        case .accuracy: rule.accuracy = parseGrade(word)
        case .maturity: rule.maturity = parseGrade(word)
        default:
            if let severity = parseSeverity(value) {
                rule.severity = severity
            } else {
                refuse(value, of: "severity", expected: "0 to 7 or EMERGENCY to DEBUG")
            }
        }
    }

    private func parseSeverity(_ value: PlacedText) -> UInt32? {
        let text = value.string.lowercased()
        if let index = ValueNames.severities.firstIndex(of: text) { return UInt32(index) }
        return Number.parse(value.bytes, in: UInt32(0)...7)
    }

    private mutating func parseGrade(_ word: ResolvedAction) -> UInt32 {
        if let grade = Number.parse(word.value.bytes, in: UInt32(1)...9) { return grade }
        refuse(word.value, of: word.name.rawValue, expected: "1 to 9")
        return 0
    }
}
