// `id:4,msg:'it\'s',chain`: the last argument of SecRule, the only one of SecAction.

internal import Bytes

struct ActionSyntax: Sendable {
    var name: PlacedText
    /// Behind the colon, without its quotes; nil without a colon.
    var value: PlacedText?

    /// - Returns: The actions that could be read; what is wrong with others is reported.
    static func parseList(
        _ text: PlacedText, into diagnostics: inout Diagnostics
    ) -> [ActionSyntax] {
        var actions: [ActionSyntax] = []
        var cursor = TextCursor(text)
        cursor.skipSpaces()
        while !cursor.isAtEnd {
            if let action = parseOne(&cursor, &diagnostics) { actions.append(action) }
            // Behind an error the list goes on at the next comma. A comma at the end is allowed.
            _ = cursor.take { $0 == UInt8(ascii: ",") }
            if !cursor.isAtEnd { cursor.advance() }
            cursor.skipSpaces()
        }
        return actions
    }

    private static func parseOne(
        _ cursor: inout TextCursor, _ diagnostics: inout Diagnostics
    ) -> ActionSyntax? {
        let name = cursor.take {
            $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ",") || ASCII.isSpace($0)
        }
        guard !name.isEmpty else {
            diagnostics.report(.missingAction, at: cursor.here)
            return nil
        }
        var action = ActionSyntax(name: name)
        cursor.skipSpaces()
        if cursor.take(UInt8(ascii: ":")) {
            guard let value = parseValue(&cursor, &diagnostics) else { return nil }
            action.value = value
            cursor.skipSpaces()
        }
        if let next = cursor.peek, next != UInt8(ascii: ",") {
            diagnostics.report(.textBehindAction, at: cursor.here)
            return nil
        }
        return action
    }

    private static func parseValue(
        _ cursor: inout TextCursor, _ diagnostics: inout Diagnostics
    ) -> PlacedText? {
        cursor.skipSpaces()
        let start = cursor.here
        guard cursor.take(UInt8(ascii: "'")) else {
            return cursor.take { $0 == UInt8(ascii: ",") }.trimmed
        }
        if let value = cursor.takeQuoted(until: UInt8(ascii: "'")) { return value }
        diagnostics.report(.missingClosingQuote("'"), at: start)
        _ = cursor.take { _ in false }
        return nil
    }
}
