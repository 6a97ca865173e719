// `!@name argument`: the second argument of SecRule.

internal import Bytes

struct OperatorSyntax: Sendable {
    /// Behind the `@`; nil when none is named, which means @rx.
    var name: PlacedText?
    var isNegated: Bool
    /// As written, blanks before it taken off: those behind it may be meant.
    var argument: PlacedText

    static func parse(_ text: PlacedText, into diagnostics: inout Diagnostics) -> OperatorSyntax {
        var cursor = TextCursor(text)
        cursor.skipSpaces()
        let isNegated = cursor.take(UInt8(ascii: "!"))
        if isNegated { cursor.skipSpaces() }
        guard cursor.take(UInt8(ascii: "@")) else {
            return OperatorSyntax(name: nil, isNegated: isNegated, argument: cursor.rest)
        }
        let name = cursor.take(until: ASCII.isSpace)
        if name.isEmpty { diagnostics.report(.missingOperatorName, at: cursor.here) }
        cursor.skipSpaces()
        return OperatorSyntax(name: name, isNegated: isNegated, argument: cursor.rest)
    }
}
