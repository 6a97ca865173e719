// Operators of punctuation.

internal import Bytes

extension SQLTokenizer {
    /// The longest operator at the position; `first` is its first byte.
    mutating func scanOperator(_ first: UInt8) -> SQLToken {
        let second = peek(1) ?? 0
        if first == ASCII.byte("<"), second == ASCII.byte("="), peek(2) == ASCII.byte(">") {
            return take(3, as: .operation)
        }
        if first == second, first == ASCII.byte("&") || first == ASCII.byte("|") {
            return take(2, as: .logic)
        }
        if first == second, first == ASCII.byte(":") { return take(2, as: .operation, traits: .cast) }
        if first == second, first == ASCII.byte("!") { return take(2, as: .operation, traits: .unary) }
        if Self.isPair(first, second) { return take(2, as: .operation) }
        switch first {
        case ASCII.byte(":"): return take(1, as: .colon)
        case ASCII.byte("!"): return take(1, as: .operation, traits: .unary)
        case ASCII.byte("*"), ASCII.byte("%"): return take(1, as: .operation, traits: .arithmetic)
        default: return take(1, as: .operation)
        }
    }

    /// Comparisons (`!=` `<=` `<>` `>=` and SQL Server's `!<` `!>`), shifts, assignments (`:=`, and the
    /// compound ones of Transact-SQL) and PostgreSQL's containment.
    private static func isPair(_ first: UInt8, _ second: UInt8) -> Bool {
        switch second {
        case ASCII.byte("="):
            switch first {
            case ASCII.byte("="): false
            default: true
            }
        case ASCII.byte(">"):
            first == ASCII.byte("<") || first == ASCII.byte(">") || first == ASCII.byte("!")
        case ASCII.byte("<"): first == ASCII.byte("<") || first == ASCII.byte("!")
        case ASCII.byte("@"): first == ASCII.byte("<")
        default: false
        }
    }
}
