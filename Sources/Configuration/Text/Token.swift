// What the lexer cuts a text into.

/// A piece of configuration text and where it starts.
struct Token: Equatable {
    enum Kind: Equatable {
        /// A bare or quoted word, escapes resolved.
        case word(String)
        /// `;`
        case semicolon
        /// `{`
        case blockStart
        /// `}`
        case blockEnd
        case endOfFile
    }
    var kind: Kind
    var location: SourceLocation
}

/// A word of a directive: its name or an argument.
struct Word: Equatable, Hashable {
    var text: String
    var location: SourceLocation
}
