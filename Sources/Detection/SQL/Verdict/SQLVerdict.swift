// The last word on a folded fragment: its shape, and for the shortest shapes how they came about.

internal import Bytes

/// Judges one reading of a value.
struct SQLVerdict {
    let statement: FoldedStatement
    let input: ByteView

    var isAttack: Bool {
        guard statement.count > 0 else { return false }
        if statement.fingerprint.isEvil { return true }
        guard SQLShapeTable.shared.matches(statement) else { return false }
        if endsInComment, mentionsAuditEvasion { return true }
        switch statement.count {
        case 2: return isAttackOfTwo
        case 3: return isAttackOfThree
        default: return !SQLProse.isRemark(statement)
        }
    }

    private var last: SQLToken { statement.tokens[statement.count - 1] }
    private var endsInComment: Bool { last.type == .comment }

    /// SQL Server keeps statements that mention it out of its trace: nobody writes it in front of a
    /// comment's end by chance.
    private var mentionsAuditEvasion: Bool { input.firstRange(of: ByteView("sp_password")) != nil }

    // MARK: Two tokens

    /// Two tokens are close to what people write.
    private var isAttackOfTwo: Bool {
        let second = statement.tokens[1]
        // "1 union" alone is text; folding or a comment between shows intent.
        if second.type == .union { return statement.tokensRead > 2 }
        guard second.type == .comment else { return true }
        if second.traits.contains(.hashComment) { return false }
        let isBlock = second.traits.contains(.blockComment)
        switch statement.tokens[0].type {
        case .bareword:
            // An open comment without text is a path or a pattern: `x/*`.
            return isBlock && !(second.traits.contains(.unclosed) && second.byteCount == 2)
        case .number:
            return isBlock || isNumberCutOff
        default:
            // Dashes stand in prose; at the very end they cut a statement off.
            return isBlock || second.byteCount <= 2
        }
    }

    /// `7--`, `7 --`, `7*7--`, but not `17-abcDEF--`, which is an identifier in a URL.
    private var isNumberCutOff: Bool {
        if statement.tokensRead > 2 {
            return statement.barewordsRead == 0 || input.indices.contains { input[$0] <= 0x20 }
        }
        let end = statement.tokens[0].end
        guard end < input.count else { return false }
        if input[end] <= 0x20 { return true }
        guard end + 1 < input.count else { return false }
        return input[end] == ASCII.byte("-") && input[end + 1] == ASCII.byte("-")
    }

    // MARK: Three tokens

    private var isAttackOfThree: Bool {
        let first = statement.tokens[0]
        let third = statement.tokens[2]
        switch (first.type, statement.tokens[1].type, third.type) {
        case (.string, .operation, .string), (.string, .logic, .string):
            // One string ends and another of the same kind begins: the quotes around belong to the
            // application.
            return first.openingQuote == 0 && third.closingQuote == 0
                && first.closingQuote == third.openingQuote && !SQLProse.isQuotation(statement, input)
        case (.string, .logic, .bareword), (.bareword, .logic, .number), (.number, .logic, .number),
            (.number, .logic, .variable), (.number, .logic, .string):
            // Prose as it stands; with anything folded away there was a condition.
            return statement.tokensRead > 3 && !SQLProse.isPercentages(statement, input)
        case (_, .keyword, _):
            return statement.tokens[1].traits.contains(.output)
        default:
            return true
        }
    }
}
