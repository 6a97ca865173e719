// What becomes of a request that is counted.

package enum FloodAnswer: Equatable, Sendable {
    /// It passes, and is counted.
    case admitted
    /// It is counted, and fits the rate in so many milliseconds: it is to be held for so long, and not to
    /// be asked about again.
    case delayed(for: Int64)
    /// It is not counted. The same request fits in so many milliseconds, if no other comes between;
    /// Int64.max: it costs more than the limit ever holds.
    case refused(retryAfter: Int64)
}
