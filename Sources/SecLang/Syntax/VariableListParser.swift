// `ARGS|!ARGS:id|&TX:'a b'|REQUEST_COOKIES:/^x|y/`: the first argument of SecRule.
// A `|` inside quotes or slashes separates nothing. A comma separates too, as in ModSecurity 2.

internal import Bytes

enum VariableListParser {
    /// - Returns: The variables that could be read; what is wrong with others is reported.
    static func parse(_ text: PlacedText, into diagnostics: inout Diagnostics) -> [VariableSyntax] {
        var variables: [VariableSyntax] = []
        var cursor = TextCursor(text)
        while true {
            cursor.skipSpaces()
            if let variable = parseOne(&cursor, &diagnostics) {
                cursor.skipSpaces()
                if !cursor.isAtEnd, !isSeparator(cursor.here[0]) {
                    diagnostics.report(.textBehindVariable, at: cursor.here)
                } else {
                    variables.append(variable)
                }
            }
            // Behind an error the list goes on at the next separator.
            _ = cursor.take(until: isSeparator)
            if cursor.isAtEnd { return variables }
            cursor.advance()
        }
    }

    private static func parseOne(
        _ cursor: inout TextCursor, _ diagnostics: inout Diagnostics
    ) -> VariableSyntax? {
        let prefix = cursor.here
        var variable = VariableSyntax(name: prefix)
        while let byte = cursor.peek, byte == UInt8(ascii: "!") || byte == UInt8(ascii: "&") {
            if byte == UInt8(ascii: "!") { variable.isExcluded = true } else { variable.isCounted = true }
            cursor.advance()
        }
        if variable.isCounted, variable.isExcluded {
            diagnostics.report(.countedExclusion, at: prefix)
            return nil
        }
        variable.name = cursor.take { isSeparator($0) || ASCII.isSpace($0) || $0 == UInt8(ascii: ":") }
        guard !variable.name.isEmpty else {
            diagnostics.report(.missingVariable, at: cursor.here)
            return nil
        }
        if cursor.take(UInt8(ascii: ":")) {
            guard let selector = parseSelector(of: variable.name, &cursor, &diagnostics) else {
                return nil
            }
            variable.selector = selector
        }
        return variable
    }

    private static func parseSelector(
        of name: PlacedText, _ cursor: inout TextCursor, _ diagnostics: inout Diagnostics
    ) -> VariableSyntax.Selector? {
        let start = cursor.here
        let selector: VariableSyntax.Selector
        if name.string.uppercased() == "XML" {
            selector = .path(cursor.take(until: isSeparator).trimmed)
        } else if cursor.take(UInt8(ascii: "'")) {
            guard let content = cursor.takeQuoted(until: UInt8(ascii: "'")) else {
                diagnostics.report(.missingClosingQuote("'"), at: start)
                _ = cursor.take { _ in false }
                return nil
            }
            selector = enclosedPattern(content).map { .pattern($0) } ?? .key(content)
        } else if cursor.take(UInt8(ascii: "/")) {
            guard let pattern = takePattern(&cursor) else {
                diagnostics.report(.missingClosingSlash, at: start)
                _ = cursor.take { _ in false }
                return nil
            }
            selector = .pattern(pattern)
        } else {
            selector = .key(cursor.take { isSeparator($0) || ASCII.isSpace($0) })
        }
        switch selector {
        case .key(let text) where text.isEmpty, .pattern(let text) where text.isEmpty,
            .path(let text) where text.isEmpty:
            diagnostics.report(.missingSelector(name.string), at: start)
            return nil
        case .none, .key, .pattern, .path:
            return selector
        }
    }

    /// What stands between the slashes of `/.../`.
    private static func enclosedPattern(_ text: PlacedText) -> PlacedText? {
        let slash = UInt8(ascii: "/")
        guard text.count >= 2, text[0] == slash, text[text.count - 1] == slash else { return nil }
        return text[1..<text.count - 1]
    }

    /// Up to the first bare `/` behind which the variable ends: a pattern may hold other slashes.
    private static func takePattern(_ cursor: inout TextCursor) -> PlacedText? {
        let text = cursor.text
        let start = cursor.index
        var at = start
        while at < text.count {
            if text[at] == UInt8(ascii: "\\") {
                at += 2
                continue
            }
            let isLast = at + 1 == text.count
            if text[at] == UInt8(ascii: "/"),
                isLast || isSeparator(text[at + 1]) || ASCII.isSpace(text[at + 1])
            {
                while cursor.index <= at { cursor.advance() }
                return text[start..<at]
            }
            at += 1
        }
        return nil
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "|") || byte == UInt8(ascii: ",")
    }
}
