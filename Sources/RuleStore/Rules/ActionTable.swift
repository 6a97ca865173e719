// Actions as records.

/// Lays out actions one behind the other.
struct ActionTable {
    private(set) var words: [UInt32] = []
    var count: Int { words.count / ActionWords.count }

    /// - Parameter nextTarget: The index that the next target will have.
    /// - Returns: A target to be laid out there.
    mutating func append(
        _ action: ActionDraft, texts: inout TextTable, strings: inout StringPool, nextTarget: UInt32
    ) -> TargetDraft? {
        func text(_ text: MacroText) -> UInt32 { texts.index(of: text, strings: &strings) }
        switch action {
        case .assign(let assignment):
            append(
                .assign, assignment.collection.rawValue, assignment.kind.rawValue,
                text(assignment.name), text(assignment.value))
        case .openCollection(let opening):
            append(.open, opening.collection.rawValue, opening.isOfApplication ? 1 : 0, 0, text(opening.key))
        case .age(let aging):
            append(
                .age, aging.collection.rawValue, aging.kind.rawValue, text(aging.name), text(aging.value))
        case .sanitise(let subject, let name):
            append(.sanitise, subject.rawValue, 0, text(name))
        case .inject(let place, let content):
            append(.inject, place.rawValue, 0, 0, text(content))
        case .pause(let milliseconds):
            append(.pause, 0, 0, 0, text(milliseconds))
        case .control(.removeTarget(let selection, let target)):
            append(.removeTarget, 0, selection: UInt32(selection), target: nextTarget)
            return target
        case .control(let control):
            append(control)
        }
        return nil
    }

    private mutating func append(_ control: ControlDraft) {
        func on(_ flag: Bool) -> UInt32 { flag ? 1 : 0 }
        switch control {
        case .ruleEngine(let mode): append(.ruleEngine, mode.rawValue)
        case .auditEngine(let mode): append(.auditEngine, mode.rawValue)
        case .auditLogParts(let change, let parts):
            append(.auditLogParts, parts.rawValue, change: change.rawValue)
        case .requestBodyAccess(let isOn): append(.requestBodyAccess, on(isOn))
        case .responseBodyAccess(let isOn): append(.responseBodyAccess, on(isOn))
        case .forceRequestBodyVariable(let isOn): append(.forceRequestBodyVariable, on(isOn))
        case .requestBodyProcessor(let name): append(.requestBodyProcessor, name.rawValue)
        case .requestBodyLimit(let bytes): append(.requestBodyLimit, bytes)
        case .responseBodyLimit(let bytes): append(.responseBodyLimit, bytes)
        case .debugLogLevel(let level): append(.debugLogLevel, level)
        case .removeRules(let selection): append(.removeRules, 0, selection: UInt32(selection))
        case .removeTarget(let selection, _):
            append(.removeTarget, 0, selection: UInt32(selection))
        }
    }

    private mutating func append(
        _ control: ActionWords.Control, _ operand: UInt32, change: UInt32 = 0, selection: UInt32 = 0,
        target: UInt32 = 0
    ) {
        append(.control, control.rawValue, operand, change, 0, selection, target)
    }

    private mutating func append(
        _ kind: ActionWords.Kind, _ subject: UInt32, _ operand: UInt32, _ name: UInt32 = 0,
        _ value: UInt32 = 0, _ selection: UInt32 = 0, _ target: UInt32 = 0
    ) {
        words += [kind.rawValue, subject, operand, name, value, selection, target, 0]
    }
}
