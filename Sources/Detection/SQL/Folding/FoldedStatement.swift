// What is left of a fragment once everything that does not change its shape is gone.

/// The first tokens of a folded fragment, and what the reading of it showed.
struct FoldedStatement {
    /// Places at and past ``count`` are blank.
    var tokens = InlineArray<8, SQLToken>(repeating: .blank)
    var count = 0
    /// Tokens read, comments and folded ones included. Reading stops once the shape is full.
    var tokensRead = 0
    /// Turns of the folder: bounded by a multiple of ``tokensRead``.
    var steps = 0
    /// Names read.
    var barewordsRead = 0
    /// Whether the dialects read the fragment differently.
    var readsDifferInDialects = false
    /// The input was used up: ``count`` tokens are all there is.
    var isWhole = false

    func type(at index: Int) -> SQLTokenType? { index < count ? tokens[index].type : nil }

    var fingerprint: SQLFingerprint {
        var fingerprint = SQLFingerprint()
        for index in 0..<count where tokens[index].type == .evil {
            fingerprint.append(SQLTokenType.evil.letter)
            return fingerprint
        }
        for index in 0..<count { fingerprint.append(tokens[index].type.letter) }
        return fingerprint
    }
}
