// Places in the subject that a pattern can insist on, and what must be known to judge them.

/// A condition on a place. The raw values are part of the program format.
enum Assertion: UInt8, Sendable {
    /// `\A`, and `^` without multiline.
    case textStart = 0
    /// `\z`, and `$` with `dollarIsEndOnly`.
    case textEnd = 1
    /// `\Z`: the end, or before a line feed that is the last byte.
    case textEndOrFinalLineFeed = 2
    /// `^` in multiline: the start, or behind a line feed that is not the last byte.
    case lineStart = 3
    /// `$` in multiline: the end, or before a line feed.
    case lineEnd = 4
    /// `\b`.
    case wordBoundary = 5
    /// `\B`.
    case notWordBoundary = 6
    /// Not before a line feed: what keeps `\R` from stopping inside CR LF.
    case notBeforeLineFeed = 7
}

/// What stands before a place. The raw values are part of a cached state's key.
enum LeftContext: UInt8, Sendable {
    case textStart = 0
    case lineFeed = 1
    case word = 2
    case other = 3
}

/// What stands behind a place. The raw values are part of the program format.
enum RightContext: UInt8, Sendable {
    case textEnd = 0
    case lineFeed = 1
    case word = 2
    case other = 3
    /// A line feed that is the last byte.
    case finalLineFeed = 4

    /// The same byte once it has been consumed.
    var asLeft: LeftContext {
        switch self {
        case .textEnd, .other: .other
        case .lineFeed, .finalLineFeed: .lineFeed
        case .word: .word
        }
    }
}

extension Assertion {
    /// Whether the assertion holds between `left` and `right`; nil when `right` is nil (not yet
    /// known) and decides.
    func holds(after left: LeftContext, before right: RightContext?) -> Bool? {
        switch self {
        case .textStart: return left == .textStart
        case .lineStart:
            if left == .textStart { return true }
            guard left == .lineFeed else { return false }
            return right.map { $0 != .textEnd }
        case .textEnd: return right.map { $0 == .textEnd }
        case .textEndOrFinalLineFeed: return right.map { $0 == .textEnd || $0 == .finalLineFeed }
        case .lineEnd:
            return right.map { $0 == .textEnd || $0 == .lineFeed || $0 == .finalLineFeed }
        case .wordBoundary: return right.map { ($0 == .word) != (left == .word) }
        case .notWordBoundary: return right.map { ($0 == .word) == (left == .word) }
        case .notBeforeLineFeed: return right.map { $0 != .lineFeed && $0 != .finalLineFeed }
        }
    }
}
