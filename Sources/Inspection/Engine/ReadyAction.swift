// Actions of rules, decoded once.

internal import Bytes
internal import RuleStore

/// A text of the store: without macros it is the bytes themselves.
enum ReadyText: Sendable {
    case literal(ByteView)
    /// Number of the text.
    case expanded(Int)

    init(_ text: Int, _ rules: RuleSetView) {
        let parts = rules.parts(ofText: text)
        if parts.isEmpty {
            self = .literal(.empty)
        } else if parts.count == 1, case .literal(let bytes) = rules.textPart(parts.lowerBound) {
            self = .literal(bytes)
        } else {
            self = .expanded(text)
        }
    }

    var isLiteral: Bool { if case .literal = self { true } else { false } }
}

/// What a match does; setvar, by far the most frequent, with its texts looked up.
enum ReadyAction: Sendable {
    case assign(ReadyAssignment)
    case other(ActionRecord)

    init(_ action: ActionRecord, _ rules: RuleSetView) {
        guard case .assign(let assignment) = action else {
            self = .other(action)
            return
        }
        self = .assign(
            ReadyAssignment(
                collection: assignment.collection, kind: assignment.kind,
                name: ReadyText(assignment.name, rules), value: ReadyText(assignment.value, rules)))
    }
}

/// One setvar or setenv.
struct ReadyAssignment: Sendable {
    let collection: VariableName
    let kind: AssignmentDraft.Kind
    let name: ReadyText
    let value: ReadyText
}
