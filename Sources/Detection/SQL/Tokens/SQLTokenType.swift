// What a piece of SQL text is to the detector: the alphabet in which fingerprints are written.

internal import Bytes

/// The kind of a token. Raw values are positions in a ``SQLTokenSet``, ``letter`` is what logs show.
enum SQLTokenType: UInt8, CaseIterable, Sendable {
    case number
    case string
    /// A name that no dialect reserves, or one that is reserved only as a part of a phrase.
    case bareword
    case variable
    case function
    /// A clause word that neither opens a statement nor combines values: FROM, WHERE, JOIN.
    case keyword
    /// A word that opens a query or an expression: SELECT, INSERT, CASE.
    case expression
    /// UNION and the other set operators.
    case union
    /// GROUP BY, HAVING, LIMIT: what may follow a complete condition.
    case group
    /// A procedural statement word: DECLARE, EXEC, DROP.
    case procedural
    case sqlType
    case collate
    case operation
    /// AND, OR, XOR and their symbols.
    case logic
    case comment
    case leftParenthesis
    case rightParenthesis
    case leftBrace
    case rightBrace
    case comma
    case dot
    case colon
    case semicolon
    case backslash
    case unknown
    /// Something no honest client sends: a nested or a conditional comment.
    case evil

    /// The letter that stands for the type in a fingerprint.
    var letter: UInt8 {
        switch self {
        case .number: ASCII.byte("1")
        case .string: ASCII.byte("s")
        case .bareword: ASCII.byte("n")
        case .variable: ASCII.byte("v")
        case .function: ASCII.byte("f")
        case .keyword: ASCII.byte("k")
        case .expression: ASCII.byte("E")
        case .union: ASCII.byte("U")
        case .group: ASCII.byte("B")
        case .procedural: ASCII.byte("T")
        case .sqlType: ASCII.byte("t")
        case .collate: ASCII.byte("A")
        case .operation: ASCII.byte("o")
        case .logic: ASCII.byte("&")
        case .comment: ASCII.byte("c")
        case .leftParenthesis: ASCII.byte("(")
        case .rightParenthesis: ASCII.byte(")")
        case .leftBrace: ASCII.byte("{")
        case .rightBrace: ASCII.byte("}")
        case .comma: ASCII.byte(",")
        case .dot: ASCII.byte(".")
        case .colon: ASCII.byte(":")
        case .semicolon: ASCII.byte(";")
        case .backslash: ASCII.byte("\\")
        case .unknown: ASCII.byte("?")
        case .evil: ASCII.byte("X")
        }
    }

    /// Whether two neighbours may form a phrase with this type on the left.
    var mayBeginPhrase: Bool {
        switch self {
        case .keyword, .bareword, .operation, .union, .function, .expression, .procedural, .sqlType:
            true
        default: false
        }
    }

    /// Whether a token of this type may continue a phrase.
    var mayContinuePhrase: Bool { mayBeginPhrase || self == .logic || self == .group }

    /// A literal, a name or a variable: an operand by itself.
    var isPlainValue: Bool {
        switch self {
        case .number, .string, .bareword, .variable: true
        default: false
        }
    }
}
