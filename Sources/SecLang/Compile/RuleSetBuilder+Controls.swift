// ctl

internal import Bytes
internal import RuleStore

extension RuleSetBuilder {
    /// - Parameter text: `name=value`.
    /// - Returns: What the engine is to do; nothing when the text is wrong, which is reported.
    mutating func compileControls(_ text: PlacedText) -> [ControlDraft] {
        var cursor = TextCursor(text)
        let written = cursor.take { $0 == UInt8(ascii: "=") }.trimmed
        guard cursor.take(UInt8(ascii: "=")) else {
            refuse(text, of: "ctl", expected: "name=value")
            return []
        }
        let value = cursor.rest.trimmed
        guard let name = ControlName.table.resolve(written, as: .control, into: &diagnostics) else {
            return []
        }
        switch name {
        case .ruleRemoveByID, .ruleRemoveByTag, .ruleRemoveByMsg:
            guard let selector = compileSelector(by: name.selection, value, of: name.rawValue) else {
                return []
            }
            return [.removeRules(selection: selectors.add(selector))]
        case .ruleRemoveTargetByID, .ruleRemoveTargetByTag, .ruleRemoveTargetByMsg:
            return compileTargetRemoval(name, value)
        case .auditLogParts:
            return compileAuditParts(value)
        case .debugLogLevel:
            guard let level = Number.parse(value.bytes, in: UInt32(0)...9) else {
                refuse(value, of: name.rawValue, expected: "0 to 9")
                return []
            }
            return [.debugLogLevel(level)]
        case .ruleEngine, .auditEngine, .requestBodyAccess, .responseBodyAccess, .requestBodyLimit,
            .responseBodyLimit, .forceRequestBodyVariable, .requestBodyProcessor:
            return compileChoice(name, value).map { [$0] } ?? []
        }
    }

    /// Those whose value is one word or number.
    private mutating func compileChoice(_ name: ControlName, _ value: PlacedText) -> ControlDraft? {
        let word = value.string.lowercased()
        let control: ControlDraft?
        let expected: String
        switch name {
        case .ruleEngine:
            control = ValueNames.engineModes[word].map(ControlDraft.ruleEngine)
            expected = "On, Off or DetectionOnly"
        case .auditEngine:
            control = ValueNames.auditModes[word].map(ControlDraft.auditEngine)
            expected = "On, Off or RelevantOnly"
        case .requestBodyProcessor:
            control = ValueNames.bodyProcessors[word].map(ControlDraft.requestBodyProcessor)
            expected = "URLENCODED, MULTIPART, JSON or XML"
        case .requestBodyLimit, .responseBodyLimit:
            let bytes = Number.parse(value.bytes, in: UInt32(1)...1 << 30)
            control = bytes.map { name == .requestBodyLimit ? .requestBodyLimit($0) : .responseBodyLimit($0) }
            expected = "1 to \(1 << 30) bytes"
        default:
            control = ValueNames.switches[word].map { isOn in
                switch name {
                case .requestBodyAccess: .requestBodyAccess(isOn)
                case .responseBodyAccess: .responseBodyAccess(isOn)
                default: .forceRequestBodyVariable(isOn)
                }
            }
            expected = "On or Off"
        }
        if control == nil { refuse(value, of: name.rawValue, expected: expected) }
        return control
    }

    /// `+E`, `-C` or all letters anew.
    private mutating func compileAuditParts(_ value: PlacedText) -> [ControlDraft] {
        var letters = value.bytes[...]
        var change = AuditPartsChange.replace
        if letters.first == UInt8(ascii: "+") {
            change = .add
        } else if letters.first == UInt8(ascii: "-") {
            change = .remove
        }
        if change != .replace { letters.removeFirst() }
        guard !letters.isEmpty, let parts = AuditParts(letters: letters) else {
            refuse(value, of: "auditLogParts", expected: "letters A to K and Z, behind + or - or alone")
            return []
        }
        return [.auditLogParts(change, parts)]
    }

    /// `942100-942999;ARGS:password`; several variables may stand behind the semicolon.
    private mutating func compileTargetRemoval(_ name: ControlName, _ value: PlacedText) -> [ControlDraft] {
        // The last semicolon: a tag's or message's pattern may hold others, a variable may not.
        guard let semicolon = value.bytes.lastIndex(of: UInt8(ascii: ";")) else {
            refuse(value, of: name.rawValue, expected: "rules;variable")
            return []
        }
        let rules = value[0..<semicolon].trimmed
        guard let selector = compileSelector(by: name.selection, rules, of: name.rawValue) else { return [] }
        let selection = selectors.add(selector)
        let variables = VariableListParser.parse(value[semicolon + 1..<value.count], into: &diagnostics)
        return variables.compactMap { variable in
            if variable.isExcluded || variable.isCounted {
                diagnostics.report(.missingVariable, at: variable.name)
                return nil
            }
            return compileTarget(variable).map { .removeTarget(selection: selection, $0) }
        }
    }
}

extension ControlName {
    fileprivate var selection: RuleSelector.Kind {
        switch self {
        case .ruleRemoveByTag, .ruleRemoveTargetByTag: .tag
        case .ruleRemoveByMsg, .ruleRemoveTargetByMsg: .message
        default: .id
        }
    }
}
