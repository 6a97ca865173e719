// @rsub: `s/pattern/replacement/i`, with any byte in the place of the slash.

internal import Automata
internal import Bytes
internal import RuleStore

extension RuleSetBuilder {
    mutating func compileSubstitution(
        _ argument: PlacedText, _ syntax: OperatorSyntax, _ draft: inout OperatorDraft
    ) {
        guard !argument.isEmpty else {
            _ = reportMissingArgument(syntax)
            return
        }
        var cursor = TextCursor(argument)
        guard cursor.take(UInt8(ascii: "s")), let delimiter = cursor.peek, !ASCII.isSpace(delimiter) else {
            return refuseSubstitution(argument)
        }
        cursor.advance()
        guard let pattern = takePart(&cursor, delimiter), let replacement = takePart(&cursor, delimiter) else {
            return refuseSubstitution(argument)
        }
        let flags = cursor.rest.trimmed.string
        guard flags.allSatisfy({ $0 == "i" || $0 == "d" }) else { return refuseSubstitution(cursor.rest) }
        if let macro = MacroParser.firstMacro(inPattern: pattern) {
            diagnostics.report(.macroInPattern(macro.string), at: macro)
            return
        }
        draft.program = compilePattern(pattern, options: PatternOptions(isCaseless: flags.contains("i")))
        draft.argument = MacroParser.parse(replacement, into: &diagnostics)
    }

    /// Up to the next bare delimiter, which is stepped over; `\` keeps the byte behind it.
    private func takePart(_ cursor: inout TextCursor, _ delimiter: UInt8) -> PlacedText? {
        let start = cursor.index
        while let byte = cursor.peek {
            if byte == delimiter {
                let part = cursor.text[start..<cursor.index]
                cursor.advance()
                return part
            }
            cursor.advance()
            if byte == UInt8(ascii: "\\"), !cursor.isAtEnd { cursor.advance() }
        }
        return nil
    }

    private mutating func refuseSubstitution(_ text: PlacedText) {
        refuse(text, of: "@rsub", expected: "s/pattern/replacement/ with or without i behind it")
    }

    /// It changes the body of the phase, and so looks at nothing else.
    mutating func checkSubstitution(_ rule: RuleDraft, _ syntax: OperatorSyntax) {
        guard rule.test.name == .rsub else { return }
        let body: VariableName? =
            switch rule.phase {
            case 2: .streamInputBody
            case 4: .streamOutputBody
            default: nil
            }
        guard rule.targets.count == 1, rule.targets[0].variable == body, !rule.targets[0].isCounted else {
            return diagnostics.report(.substitutionTargets, at: syntax.name ?? syntax.argument)
        }
    }
}
