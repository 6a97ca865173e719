// What an operator finds.

/// Whether a value fits, before `!` turns it round.
enum OperatorAnswer: Equatable {
    case no
    case yes
    /// Finding out took more than a limit allows.
    case tooMuchEffort

    @inline(__always)
    init(_ fits: Bool) { self = fits ? .yes : .no }
}
