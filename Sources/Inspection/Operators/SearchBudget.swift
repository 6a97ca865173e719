// How much one value may cost an operator that searches it again and again.

/// Counts searches and steps. One search takes time linear in the value; a pattern that fits at every
/// place, `\d+` in a long row of digits, would make their sum quadratic.
struct SearchBudget {
    /// Searches of one value, and those with PCRE2, whose steps are limited search by search.
    static let searches = 4_096
    static let backtrackingSearches = 64
    /// Steps of the matcher in one value, beside the first search.
    static let steps: UInt64 = 2_000_000

    private var searchesLeft: Int
    private let stepsAtEnd: UInt64

    /// - Parameter steps: What the matcher has counted up to now.
    init(_ program: CompiledProgram, steps: UInt64) {
        searchesLeft = if case .backtracking = program { Self.backtrackingSearches } else { Self.searches }
        stepsAtEnd = steps &+ Self.steps
    }

    /// - Parameter steps: What the matcher has counted up to now.
    mutating func allowsSearch(at steps: UInt64) -> Bool {
        guard searchesLeft > 0, steps < stepsAtEnd else { return false }
        searchesLeft -= 1
        return true
    }
}
