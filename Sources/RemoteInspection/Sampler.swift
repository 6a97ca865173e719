// Asking about some requests only.

/// Picks `percent` of 100, evenly spread, without chance: the tenth of ten at 10.
package struct Sampler: Sendable {
    private var sum = 0

    package init() {}

    /// - Parameter percent: 0 to 100.
    package mutating func picks(percent: Int) -> Bool {
        sum += percent
        guard sum >= 100 else { return false }
        sum -= 100
        return true
    }
}
