// Steps of a plan, as a set.

internal import RuleStore

/// A set of numbers of steps, all below `EvaluationPlanView.mostSteps`.
struct StepSet: Equatable, Sendable {
    private var words = SIMD4<UInt64>(repeating: 0)

    mutating func insert(_ step: Int) { words[step >> 6] |= 1 << UInt64(step & 63) }

    func contains(_ step: Int) -> Bool { words[step >> 6] >> UInt64(step & 63) & 1 == 1 }

    mutating func formUnion(_ other: StepSet) { words |= other.words }

    /// Calls `body` with each step in ascending order, until it answers false.
    ///
    /// - Returns: Whether all were visited.
    @inline(__always)
    func forEach(_ body: (Int) -> Bool) -> Bool {
        for word in 0..<4 {
            var bits = words[word]
            while bits != 0 {
                guard body(word << 6 | bits.trailingZeroBitCount) else { return false }
                bits &= bits - 1
            }
        }
        return true
    }
}
