// Sets of token types, the letters of the shape rules.

/// A set of token types, and of the end of the fragment.
struct SQLTokenSet: OptionSet, Sendable {
    let rawValue: UInt32

    init(rawValue: UInt32) { self.rawValue = rawValue }
    init(_ types: SQLTokenType...) {
        rawValue = types.reduce(0) { $0 | 1 << UInt32($1.rawValue) }
    }

    /// The position that stands for the end.
    static let endIndex = SQLTokenType.allCases.count

    /// No token: the fragment is over.
    static let end = SQLTokenSet(rawValue: 1 << UInt32(endIndex))
    static let any = SQLTokenSet(rawValue: .max)

    func contains(_ index: Int) -> Bool { rawValue >> UInt32(index) & 1 == 1 }
}
