// SecAudit* and SecDebugLog*.

internal import Automata
internal import RuleStore

extension RuleSetBuilder {
    mutating func setLogging(_ name: DirectiveName, _ argument: PlacedText) {
        switch name {
        case .auditEngine:
            let expected = "On, Off or RelevantOnly"
            if let mode = value(of: name, argument, in: ValueNames.auditModes, expected) {
                settings.auditMode = mode
            }
        case .auditLog:
            // Nothing is started to write to.
            if argument.string.hasPrefix("|") || argument.isEmpty {
                refuse(argument, of: name.rawValue, expected: "a file")
            } else {
                settings.auditLog = argument.string
            }
        case .auditLogParts:
            if let parts = AuditParts(letters: argument.bytes), !argument.isEmpty {
                settings.auditParts = parts
            } else {
                refuse(argument, of: name.rawValue, expected: "letters A to K and Z")
            }
        case .auditLogRelevantStatus:
            settings.auditRelevantStatus = compilePattern(argument, options: PatternOptions())
        case .auditLogType: expectWord("Serial", of: name, argument)
        case .auditLogFormat: expectWord("JSON", of: name, argument)
        case .debugLog: settings.debugLog = argument.string
        default:
            if let level = number(of: name, argument, in: 0...9, unit: "") { settings.debugLogLevel = level }
        }
    }

    private mutating func expectWord(_ word: String, of name: DirectiveName, _ argument: PlacedText) {
        if argument.string.lowercased() != word.lowercased() {
            refuse(argument, of: name.rawValue, expected: word)
        }
    }
}
