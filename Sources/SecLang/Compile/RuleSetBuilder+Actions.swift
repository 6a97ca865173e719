// What each action does to the rule that carries it.

internal import RuleStore

extension RuleSetBuilder {
    /// The phase that the actions name, 2 when they name none.
    mutating func compilePhase(_ words: [ResolvedAction]) -> UInt32 {
        guard let word = words.last(where: { $0.name == .phase }) else { return 2 }
        let text = word.value.string.lowercased()
        if let phase = ValueNames.phases[text] ?? Number.parse(word.value.bytes, in: 1...5) {
            return phase
        }
        refuse(word.value, of: "phase", expected: "1 to 5, request, response or logging")
        return 2
    }

    /// Applies the actions in the order written: later words win.
    ///
    /// - Parameter rule: Starts as the defaults of its phase.
    mutating func apply(_ words: [ResolvedAction], to rule: inout RuleDraft) {
        let defaultDisruption = rule.disruption
        for word in words {
            switch word.name {
            case .phase: break
            case .deny: rule.disruption = .deny
            case .pass: rule.disruption = .pass
            // As the defaults stand now: a later SecDefaultAction changes rules behind it only.
            case .block: rule.disruption = defaultDisruption
            case .log: rule.logs = true
            case .nolog:
                rule.logs = false
                rule.auditLogs = false
            case .auditlog: rule.auditLogs = true
            case .noauditlog: rule.auditLogs = false
            case .capture: rule.captures = true
            case .chain: rule.isChained = true
            case .multiMatch: rule.matchesEveryTransformation = true
            case .id, .msg, .logdata, .tag, .severity, .ver, .rev, .setvar, .skipAfter, .status, .t:
                applyValue(of: word, to: &rule)
            }
        }
    }

    private mutating func applyValue(of word: ResolvedAction, to rule: inout RuleDraft) {
        let value = word.value
        switch word.name {
        case .id:
            if let id = RuleID.parse(value.bytes) {
                rule.id = id
            } else {
                refuse(value, of: "id", expected: RuleID.expected)
            }
        case .msg: rule.message = MacroParser.parse(value, into: &diagnostics)
        case .logdata: rule.logData = MacroParser.parse(value, into: &diagnostics)
        case .tag: rule.tags.append(MacroParser.parse(value, into: &diagnostics))
        case .severity:
            if let severity = parseSeverity(value) {
                rule.severity = severity
            } else {
                refuse(value, of: "severity", expected: "0 to 7 or EMERGENCY to DEBUG")
            }
        case .ver: rule.version = value.string
        case .rev: rule.revision = value.string
        case .setvar:
            if let assignment = AssignmentParser.parse(value, into: &diagnostics) {
                rule.assignments.append(assignment)
            }
        case .skipAfter: rule.skipAfter = value.string
        case .status:
            if let status = Number.parse(value.bytes, in: UInt32(100)...599) {
                rule.status = status
            } else {
                refuse(value, of: "status", expected: "100 to 599")
            }
        case .t: applyTransformation(value, to: &rule)
        case .phase, .deny, .block, .pass, .log, .nolog, .auditlog, .noauditlog, .capture, .chain,
            .multiMatch:
            break
        }
    }

    private func parseSeverity(_ value: PlacedText) -> UInt32? {
        let text = value.string.lowercased()
        if let index = ValueNames.severities.firstIndex(of: text) { return UInt32(index) }
        return Number.parse(value.bytes, in: UInt32(0)...7)
    }

    private mutating func applyTransformation(_ value: PlacedText, to rule: inout RuleDraft) {
        let found = TransformationName.table.resolve(value, as: .transformation, into: &diagnostics)
        guard let transformation = found else { return }
        if let transformation {
            rule.transformations.append(transformation)
        } else {
            // `none` also takes off what the defaults brought.
            rule.transformations = []
        }
    }
}
