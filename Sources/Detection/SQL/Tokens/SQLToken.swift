// One token of a SQL fragment: a type and a place, never a copy of the text.

/// What the folding rules ask about a word or an operator, decided once when the token is made.
struct SQLTokenTraits: OptionSet, Sendable {
    let rawValue: UInt16

    /// May stand before an operand without one before it: `+ - ! ~ !! NOT`.
    static let unary = SQLTokenTraits(rawValue: 1 << 0)
    /// `+ - * / %`.
    static let arithmetic = SQLTokenTraits(rawValue: 1 << 1)
    /// `::`, PostgreSQL's cast.
    static let cast = SQLTokenTraits(rawValue: 1 << 2)
    /// A name that is also a function without arguments: USER, DATABASE, CURRENT_DATE.
    static let callable = SQLTokenTraits(rawValue: 1 << 3)
    /// IN, NOT IN: operators only before a list.
    static let membership = SQLTokenTraits(rawValue: 1 << 4)
    /// LIKE, NOT LIKE: functions when called.
    static let pattern = SQLTokenTraits(rawValue: 1 << 5)
    /// IF: a statement where a statement may begin, else a function.
    static let conditional = SQLTokenTraits(rawValue: 1 << 6)
    /// INTO and what begins with it: the query writes somewhere.
    static let output = SQLTokenTraits(rawValue: 1 << 7)
    /// A comment that starts with `/*`.
    static let blockComment = SQLTokenTraits(rawValue: 1 << 8)
    /// A comment that starts with `#`.
    static let hashComment = SQLTokenTraits(rawValue: 1 << 9)
    /// A quoted or commented text without its closing mark.
    static let unclosed = SQLTokenTraits(rawValue: 1 << 10)
    /// A name between backticks.
    static let backticked = SQLTokenTraits(rawValue: 1 << 11)
}

/// A piece of the input and what it is.
struct SQLToken: Sendable {
    var type: SQLTokenType
    /// Offsets of the text: for quoted text without the quotes, for all else the whole token.
    var start: Int
    var end: Int
    /// The quote before a string, 0 where the input is taken to begin inside one.
    var openingQuote: UInt8 = 0
    /// The quote behind a string, 0 where the input ends inside it.
    var closingQuote: UInt8 = 0
    /// Identity in the ``SQLWordTable``; 0 for text that is not in it.
    var word: UInt16 = 0
    var traits: SQLTokenTraits = []

    init(
        _ type: SQLTokenType, _ start: Int, _ end: Int, word: UInt16 = 0, traits: SQLTokenTraits = []
    ) {
        self.type = type
        self.start = start
        self.end = end
        self.word = word
        self.traits = traits
    }

    /// What fills places that hold no token yet.
    static let blank = SQLToken(.unknown, 0, 0)

    var byteCount: Int { end - start }
    var isUnary: Bool { type == .operation && traits.contains(.unary) }
}
