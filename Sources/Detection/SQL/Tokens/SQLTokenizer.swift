// Cuts a SQL fragment into tokens. What a dialect's own lexer would refuse is still a token here: the
// fragment is a piece of a statement that nobody has seen, and the lexer must go on where an application
// would.

internal import Bytes

/// A lexer for the union of the lexical rules of MySQL, PostgreSQL, SQL Server, Oracle and SQLite.
///
/// Reads its input once: every byte is looked at a bounded number of times.
struct SQLTokenizer {
    let input: ByteView
    let context: SQLContext
    private let vocabulary: SQLWordTable.Handle

    var position = 0
    /// Tokens handed out so far, comments included.
    private(set) var tokenCount = 0
    /// Whether a `#` or a `--x` was met, which the two dialects read differently.
    var sawDialectMark = false
    /// Names handed out so far.
    private(set) var barewordCount = 0

    init(_ input: ByteView, context: SQLContext, words: SQLWordTable.Handle) {
        self.input = input
        self.context = context
        vocabulary = words
    }

    var words: SQLWordTable { vocabulary.table }

    /// The next token, nil at the end of the input.
    mutating func next() -> SQLToken? {
        if tokenCount == 0, let quote = context.quoting.quote, !input.isEmpty {
            tokenCount = 1
            return scanQuoted(quote, openedBy: 0, contentFrom: 0)
        }
        while position < input.count {
            let byte = input[position]
            if SQLByteClass.isWhite(byte) {
                position += 1
                continue
            }
            tokenCount += 1
            let token = scan(byte)
            if token.type == .bareword { barewordCount += 1 }
            return token
        }
        return nil
    }

    /// The byte `distance` behind the position, nil past the end.
    func peek(_ distance: Int) -> UInt8? {
        let index = position + distance
        return index < input.count ? input[index] : nil
    }

    /// Takes `count` bytes as a token.
    mutating func take(
        _ count: Int, as type: SQLTokenType, traits: SQLTokenTraits = []
    ) -> SQLToken {
        let start = position
        position += count
        return SQLToken(type, start, position, traits: traits)
    }

    private mutating func scan(_ byte: UInt8) -> SQLToken {
        switch byte {
        case ASCII.byte("0")...ASCII.byte("9"), ASCII.byte("."): scanNumber()
        case ASCII.byte("\""), ASCII.byte("'"):
            scanQuoted(byte, openedBy: byte, contentFrom: position + 1)
        case ASCII.byte("`"): scanBacktickName()
        case ASCII.byte("["): scanBracketName()
        case ASCII.byte("@"): scanVariable()
        case ASCII.byte("$"): scanDollar()
        case ASCII.byte("#"): scanHash()
        case ASCII.byte("-"): scanDash()
        case ASCII.byte("/"): scanSlash()
        case ASCII.byte("\\"): scanBackslash()
        case ASCII.byte("("): take(1, as: .leftParenthesis)
        case ASCII.byte(")"): take(1, as: .rightParenthesis)
        case ASCII.byte("{"): take(1, as: .leftBrace)
        case ASCII.byte("}"): take(1, as: .rightBrace)
        case ASCII.byte(","): take(1, as: .comma)
        case ASCII.byte(";"): take(1, as: .semicolon)
        case ASCII.byte("]"), ASCII.byte("?"): take(1, as: .unknown)
        case ASCII.byte("+"): take(1, as: .operation, traits: [.unary, .arithmetic])
        case ASCII.byte("~"): take(1, as: .operation, traits: .unary)
        case ASCII.byte("^"): take(1, as: .operation)
        case ASCII.byte("!"), ASCII.byte("%"), ASCII.byte("&"), ASCII.byte("*"), ASCII.byte(":"),
            ASCII.byte("<"), ASCII.byte("="), ASCII.byte(">"), ASCII.byte("|"):
            scanOperator(byte)
        case ASCII.byte("b"), ASCII.byte("B"), ASCII.byte("e"), ASCII.byte("E"), ASCII.byte("n"),
            ASCII.byte("N"), ASCII.byte("q"), ASCII.byte("Q"), ASCII.byte("u"), ASCII.byte("U"),
            ASCII.byte("x"), ASCII.byte("X"):
            scanPrefixedString(ASCII.lowercased(byte)) ?? scanWord()
        default: scanWord()
        }
    }
}
