// `%{tx.score}`, `%{MATCHED_VAR}` in messages, values and arguments. A `%` without `{` and a `%{`
// without `}` are text.

internal import Bytes
internal import RuleStore

enum MacroParser {
    /// Splits macros off; those that name no variable are reported.
    static func parse(_ text: PlacedText, into diagnostics: inout Diagnostics) -> MacroText {
        var parts: [MacroText.Part] = []
        var literal: [UInt8] = []
        var index = 0
        while index < text.count {
            guard let end = endOfMacro(in: text, at: index) else {
                literal.append(text[index])
                index += 1
                continue
            }
            if !literal.isEmpty { parts.append(.literal(literal)) }
            literal = []
            if let part = parseName(text[index + 2..<end - 1], &diagnostics) { parts.append(part) }
            index = end
        }
        if !literal.isEmpty { parts.append(.literal(literal)) }
        return MacroText(parts: parts)
    }

    /// The first macro of a pattern, with its braces.
    ///
    /// `\%{` is escaped, and `%{2}` or `%{2,5}` says how often a percent sign repeats.
    static func firstMacro(inPattern text: PlacedText) -> PlacedText? {
        var index = 0
        while index < text.count {
            if text[index] == UInt8(ascii: "\\") {
                index += 2
                continue
            }
            if let end = endOfMacro(in: text, at: index) {
                let inside = text[index + 2..<end - 1]
                let isQuantifier =
                    !inside.isEmpty
                    && inside.bytes.allSatisfy { ASCII.isDigit($0) || $0 == UInt8(ascii: ",") }
                if !isQuantifier { return text[index..<end] }
            }
            index += 1
        }
        return nil
    }

    /// - Returns: The index behind the `}` of the macro that begins at `index`; nil when none does.
    private static func endOfMacro(in text: PlacedText, at index: Int) -> Int? {
        guard text[index] == UInt8(ascii: "%"), index + 1 < text.count,
            text[index + 1] == UInt8(ascii: "{"),
            let close = text.bytes[(index + 2)...].firstIndex(of: UInt8(ascii: "}"))
        else { return nil }
        return close + 1
    }

    /// `NAME`, `COLLECTION.key`; libmodsecurity also takes `COLLECTION:key`.
    private static func parseName(
        _ inside: PlacedText, _ diagnostics: inout Diagnostics
    ) -> MacroText.Part? {
        var cursor = TextCursor(inside)
        let name = cursor.take { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }
        guard !name.isEmpty else {
            diagnostics.report(.missingVariable, at: inside)
            return nil
        }
        guard let variable = VariableName.table.resolve(name, as: .variable, into: &diagnostics)
        else { return nil }
        guard !cursor.isAtEnd else { return .variable(variable, key: nil) }
        cursor.advance()
        let key = cursor.rest
        if !variable.isCollection {
            diagnostics.report(.notACollection(variable.spelling), at: name)
        } else if key.isEmpty {
            diagnostics.report(.missingSelector(name.string), at: name)
        }
        return .variable(variable, key: key.bytes)
    }
}
