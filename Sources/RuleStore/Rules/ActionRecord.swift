// Actions of a rule set, read in place.

internal import Bytes

/// One non-disruptive action. Texts are text indices.
package enum ActionRecord: Sendable {
    case assign(AssignmentRecord)
    case openCollection(VariableName, key: Int, isOfApplication: Bool)
    case age(CollectionAging.Kind, VariableName, name: Int, value: Int)
    case control(ControlRecord)
    case sanitise(SanitiseSubject, name: Int)
    case inject(InjectionPlace, text: Int)
    case pause(text: Int)
}

/// One setvar or setenv; name and value are text indices.
package struct AssignmentRecord: Sendable {
    package let collection: VariableName
    package let name: Int
    package let kind: AssignmentDraft.Kind
    package let value: Int
}

/// One ctl.
package enum ControlRecord: Sendable {
    case ruleEngine(EngineSettings.Mode)
    case auditEngine(EngineSettings.AuditMode)
    case auditLogParts(AuditPartsChange, AuditParts)
    case requestBodyAccess(Bool)
    case responseBodyAccess(Bool)
    case forceRequestBodyVariable(Bool)
    case requestBodyProcessor(BodyProcessorName)
    case requestBodyLimit(Int)
    case responseBodyLimit(Int)
    case debugLogLevel(Int)
    case removeRules(selection: Int)
    /// `target` is the index of a target record.
    case removeTarget(selection: Int, target: Int)
}

/// The words of an action's record.
///
///     word      0     1        2         3         4       5          6
///     setvar    kind  variable operation name      value
///     initcol   kind  variable client    -         key
///     aging     kind  variable operation name      value
///     sanitise  kind  subject  -         name
///     inject    kind  place    -         -         text
///     pause     kind  -        -         -         text
///     ctl       kind  control  operand   change    -       selection  target
enum ActionWords {
    static let count = 8

    enum Kind: UInt32 { case assign = 1, open, age, sanitise, control, inject, pause }

    enum Control: UInt32 {
        case ruleEngine = 1, auditEngine, auditLogParts, requestBodyAccess, responseBodyAccess
        case forceRequestBodyVariable, requestBodyProcessor, requestBodyLimit, responseBodyLimit
        case removeRules, removeTarget
        case debugLogLevel
    }
}

extension VariableName {
    /// Whether setvar may write to it.
    package var isAssignable: Bool {
        switch family {
        case .transactionVariables, .environment, .collections, .webSocketState: true
        default: false
        }
    }
}

extension RuleSetView {
    package func action(_ index: Int) -> ActionRecord {
        let offset = actionsOffset + index * ActionWords.count * 4
        func word(_ index: Int) -> UInt32 { blob.loadUInt32(at: offset + index * 4) }
        switch ActionWords.Kind(rawValue: word(0))! {
        case .assign:
            return .assign(
                AssignmentRecord(
                    collection: VariableName(rawValue: word(1))!, name: Int(word(3)),
                    kind: AssignmentDraft.Kind(rawValue: word(2))!, value: Int(word(4))))
        case .open:
            return .openCollection(
                VariableName(rawValue: word(1))!, key: Int(word(4)), isOfApplication: word(2) != 0)
        case .age:
            return .age(
                CollectionAging.Kind(rawValue: word(2))!, VariableName(rawValue: word(1))!,
                name: Int(word(3)), value: Int(word(4)))
        case .sanitise:
            return .sanitise(SanitiseSubject(rawValue: word(1))!, name: Int(word(3)))
        case .inject:
            return .inject(InjectionPlace(rawValue: word(1))!, text: Int(word(4)))
        case .pause:
            return .pause(text: Int(word(4)))
        case .control:
            return .control(control(at: offset))
        }
    }

    private func control(at offset: Int) -> ControlRecord {
        func word(_ index: Int) -> UInt32 { blob.loadUInt32(at: offset + index * 4) }
        let operand = word(2)
        return switch ActionWords.Control(rawValue: word(1))! {
        case .ruleEngine: .ruleEngine(EngineSettings.Mode(rawValue: operand)!)
        case .auditEngine: .auditEngine(EngineSettings.AuditMode(rawValue: operand)!)
        case .auditLogParts:
            .auditLogParts(AuditPartsChange(rawValue: word(3))!, AuditParts(rawValue: operand))
        case .requestBodyAccess: .requestBodyAccess(operand != 0)
        case .responseBodyAccess: .responseBodyAccess(operand != 0)
        case .forceRequestBodyVariable: .forceRequestBodyVariable(operand != 0)
        case .requestBodyProcessor: .requestBodyProcessor(BodyProcessorName(rawValue: operand)!)
        case .requestBodyLimit: .requestBodyLimit(Int(operand))
        case .responseBodyLimit: .responseBodyLimit(Int(operand))
        case .debugLogLevel: .debugLogLevel(Int(operand))
        case .removeRules: .removeRules(selection: Int(word(5)))
        case .removeTarget: .removeTarget(selection: Int(word(5)), target: Int(word(6)))
        }
    }

    /// Places of the ranges of a selection.
    package func selection(_ index: Int) -> Range<Int> {
        let offset = selectionsOffset + index * 8
        let first = Int(blob.loadUInt32(at: offset))
        return first..<(first + Int(blob.loadUInt32(at: offset + 4)))
    }

    /// Indices of rules that a selection holds, as one of its ranges.
    package func selectionRange(_ place: Int) -> Range<Int> {
        let offset = selectionRangesOffset + place * 8
        return Int(blob.loadUInt32(at: offset))..<Int(blob.loadUInt32(at: offset + 4))
    }
}
