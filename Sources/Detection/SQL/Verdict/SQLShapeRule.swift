// The language in which attack shapes are written down.

internal import Bytes

/// A set of shapes: for each place in a folded fragment the token types that may stand there.
///
/// Written with the letters of fingerprints, a place each: a letter, a group in brackets, or a class.
///
///     V   a value: 1 n s v          P   what an operand begins with: a value, f or (
///     $   the end, in brackets      .   anything, the end too
///
/// What follows the last place written may be anything: a rule says what is enough for a verdict.
struct SQLShapeRule: Sendable {
    let places: [SQLTokenSet]

    /// - Parameter text: Wrong letters are programmer errors.
    init(_ text: Substring) {
        var places: [SQLTokenSet] = []
        var group: SQLTokenSet?
        for letter in text.utf8 {
            switch letter {
            case ASCII.byte("["): group = []
            case ASCII.byte("]"):
                places.append(group ?? [])
                group = nil
            default:
                let set = Self.set(of: letter)
                if group == nil { places.append(set) } else { group?.formUnion(set) }
            }
        }
        precondition(
            group == nil && places.count <= SQLDetectionLimits.fingerprintTokens, "not a shape rule")
        while places.count < SQLDetectionLimits.fingerprintTokens { places.append(.any) }
        self.places = places
    }

    private static let value = SQLTokenSet(.number, .bareword, .string, .variable)

    private static func set(of letter: UInt8) -> SQLTokenSet {
        switch letter {
        case ASCII.byte("V"): return value
        case ASCII.byte("P"): return value.union(SQLTokenSet(.function, .leftParenthesis))
        case ASCII.byte("$"): return .end
        case ASCII.byte("."): return .any
        default:
            let type = SQLTokenType.allCases.first { $0.letter == letter }
            precondition(type != nil, "no token type has this letter")
            return type.map { SQLTokenSet($0) } ?? []
        }
    }
}
