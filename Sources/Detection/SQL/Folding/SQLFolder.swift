// Reduces a fragment to its shape. Arithmetic, lists, signs, nested parentheses, split phrases and
// comments are ways to write the same attack differently; folding takes them away, so that few shapes
// stand for many attacks.

internal import Bytes

/// Reads tokens into a small window and reduces neighbours until five stand that nothing reduces.
///
/// Each reduction takes a token away or moves the cursor, so that the work is linear in the tokens read.
struct SQLFolder {
    private var tokenizer: SQLTokenizer
    var window = InlineArray<8, SQLToken>(repeating: .blank)
    /// Tokens in the window.
    var filled = 0
    /// Tokens before the cursor are settled unless a reduction goes back to them.
    var cursor = 0
    private var hasMore = true
    private var steps = 0
    /// The comment behind the last token of the window.
    private var trailingComment: SQLToken?
    /// A token was found that decides alone.
    var isDecided = false

    private static let shapeTokens = SQLDetectionLimits.fingerprintTokens

    private init(_ tokenizer: SQLTokenizer) { self.tokenizer = tokenizer }

    static func fold(_ tokenizer: SQLTokenizer) -> FoldedStatement {
        var folder = SQLFolder(tokenizer)
        folder.run()
        return folder.statement()
    }

    private mutating func run() {
        guard skipPrelude() else { return }
        while !isDecided {
            steps += 1
            if filled >= Self.shapeTokens { reduceFullWindow() }
            if !hasMore || cursor >= Self.shapeTokens { break }
            fill(upTo: 2)
            guard filled - cursor >= 2 else {
                cursor = filled
                continue
            }
            if reducePair() { continue }
            fill(upTo: 3)
            guard filled - cursor >= 3 else {
                cursor = filled
                continue
            }
            if reduceTriple() { continue }
            cursor += 1
        }
        if !isDecided { cursor = filled }
    }

    /// Comments, parentheses, types and signs before the first operand say nothing.
    private mutating func skipPrelude() -> Bool {
        while let token = tokenizer.next() {
            switch token.type {
            case .comment, .leftParenthesis, .sqlType: continue
            case .operation where token.isUnary: continue
            default:
                window[0] = token
                filled = 1
                return true
            }
        }
        return false
    }

    /// Reads until `wanted` tokens stand at and behind the cursor, the window is full or the input ends.
    private mutating func fill(upTo wanted: Int) {
        while hasMore, filled < SQLDetectionLimits.windowTokens, filled - cursor < wanted {
            guard let token = tokenizer.next() else {
                hasMore = false
                return
            }
            if token.type == .comment {
                trailingComment = token
            } else {
                trailingComment = nil
                window[filled] = token
                filled += 1
            }
        }
    }

    private func statement() -> FoldedStatement {
        var folded = FoldedStatement()
        folded.count = min(isDecided ? filled : cursor, Self.shapeTokens)
        for index in 0..<folded.count { folded.tokens[index] = window[index] }
        if let trailingComment, folded.count < Self.shapeTokens, !isDecided {
            folded.tokens[folded.count] = trailingComment
            folded.count += 1
        }
        // PHP's mysql client let a lone backtick at the end act as a comment.
        if folded.count > 0 {
            let last = folded.tokens[folded.count - 1]
            if last.type == .bareword, last.traits.contains([.backticked, .unclosed]), last.byteCount == 0 {
                folded.tokens[folded.count - 1].type = .comment
            }
        }
        folded.tokensRead = tokenizer.tokenCount
        folded.steps = steps
        folded.barewordsRead = tokenizer.barewordCount
        folded.readsDifferInDialects = tokenizer.sawDialectMark
        folded.isWhole = !hasMore
        return folded
    }

    // MARK: Steps that the reductions share

    var tokenizerWords: SQLWordTable { tokenizer.words }

    /// Whether a name is spelt like a collation: LATIN1_GERMAN2_CI.
    func isCollationName(_ token: SQLToken) -> Bool {
        tokenizer.input[token.start..<token.end].contains(ASCII.byte("_"))
    }

    func type(_ offset: Int) -> SQLTokenType { window[cursor + offset].type }

    /// Takes out `count` tokens from `offset` behind the cursor on; those behind them move up.
    mutating func remove(_ count: Int, at offset: Int) {
        for index in (cursor + offset)..<(filled - count) { window[index] = window[index + count] }
        filled -= count
    }

    /// Lets a new word behind a changed one be looked at again.
    mutating func stepBack() { if cursor > 0 { cursor -= 1 } }

    mutating func restart() { cursor = 0 }
}
