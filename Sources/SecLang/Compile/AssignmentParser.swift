// `setvar:tx.a`, `!tx.a`, `tx.a=value`, `tx.a=+1`, `tx.a=-1`; macros may stand in name and value.

internal import RuleStore

enum AssignmentParser {
    /// - Returns: nil when the text is no assignment, which is reported.
    static func parse(_ text: PlacedText, into diagnostics: inout Diagnostics) -> AssignmentDraft? {
        var cursor = TextCursor(text)
        let isRemoval = cursor.take(UInt8(ascii: "!"))
        let collectionName = cursor.take { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "=") }
        guard !collectionName.isEmpty, cursor.take(UInt8(ascii: ".")) else {
            diagnostics.report(.malformedAssignment, at: text)
            return nil
        }
        let name = cursor.take { $0 == UInt8(ascii: "=") }
        let hasValue = cursor.take(UInt8(ascii: "="))
        guard !name.isEmpty, !(isRemoval && hasValue) else {
            diagnostics.report(.malformedAssignment, at: text)
            return nil
        }
        let found = collections.resolve(collectionName, as: .collection, into: &diagnostics)
        guard let collection = found else { return nil }
        var draft = AssignmentDraft(
            collection: collection, name: MacroParser.parse(name, into: &diagnostics),
            kind: isRemoval ? .remove : .set, value: MacroText(parts: []))
        if hasValue {
            if cursor.take(UInt8(ascii: "+")) {
                draft.kind = .add
            } else if cursor.take(UInt8(ascii: "-")) {
                draft.kind = .subtract
            }
            draft.value = MacroParser.parse(cursor.rest, into: &diagnostics)
        } else if !isRemoval {
            draft.value = MacroText(literal: "1")
        }
        return draft
    }

    /// `setenv:name=value`, `setenv:!name`; without a value it is 1.
    ///
    /// - Returns: nil when the text has another form, which is reported.
    static func parseEnvironment(
        _ text: PlacedText, into diagnostics: inout Diagnostics
    ) -> AssignmentDraft? {
        var cursor = TextCursor(text)
        let isRemoval = cursor.take(UInt8(ascii: "!"))
        let name = cursor.take { $0 == UInt8(ascii: "=") }
        let hasValue = cursor.take(UInt8(ascii: "="))
        guard !name.isEmpty, !(isRemoval && hasValue) else {
            diagnostics.report(
                .invalidValue(of: "setenv", found: text.string, expected: "name=value or !name"), at: text)
            return nil
        }
        var value = MacroText(parts: [])
        if hasValue {
            value = MacroParser.parse(cursor.rest, into: &diagnostics)
        } else if !isRemoval {
            value = MacroText(literal: "1")
        }
        return AssignmentDraft(
            collection: .environment, name: MacroParser.parse(name, into: &diagnostics),
            kind: isRemoval ? .remove : .set, value: value)
    }

    /// What setvar and its like write to.
    static let collections = WordTable(
        supported: [
            ("tx", VariableName.tx), ("global", .global), ("ip", .ip), ("resource", .resource),
            ("session", .session), ("user", .user), ("ws", .webSocketState),
        ])
}
