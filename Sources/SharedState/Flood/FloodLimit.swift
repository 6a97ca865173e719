// A limit of a rate, by the generic cell rate algorithm (ITU-T I.371, appendix A, in virtual scheduling).
//
// All that is kept of a key is one moment, the theoretical arrival time: when its bucket will have run dry.
// A request moves it on by one interval, from now at the earliest; one that would move it further ahead
// of now than the bucket holds is refused and moves nothing.
//
// As with nginx's limit_req, a request that comes in time is never part of the burst: within a time t at
// most 1 + burst + floor(rate * t) requests are admitted.

/// How many requests of one key may pass. Times in nanoseconds.
package struct FloodLimit: Equatable, Sendable {
    package enum Period: Int64, Sendable {
        case second = 1
        case minute = 60
    }

    /// Between two requests at the limit's rate.
    package let interval: Int64
    /// How far ahead the theoretical arrival time may lie, the request that moves it there included.
    package let capacity: Int64
    /// Up to here a request is admitted at once; past it, it is told to wait.
    package let freely: Int64

    /// - Parameters:
    ///   - rate: Requests a period, within `StateLimits.rate`.
    ///   - burst: Within `StateLimits.burst`.
    ///   - delayAfter: Requests of the burst that pass at once, the others are delayed until they fit the
    ///     rate; nil: all pass at once.
    /// - Returns: nil when a number is out of its range.
    package init?(rate: Int, per period: Period, burst: Int, delayAfter: Int? = nil) {
        guard StateLimits.rate.contains(rate), StateLimits.burst.contains(burst) else { return nil }
        if let delayAfter, !(0...burst).contains(delayAfter) { return nil }
        let periodNanoseconds = period.rawValue * 1_000_000_000
        interval = (periodNanoseconds + Int64(rate) / 2) / Int64(rate)
        capacity = Int64(burst + 1) * interval
        freely = Int64((delayAfter ?? burst) + 1) * interval
    }

    /// Judges a request.
    ///
    /// - Parameters:
    ///   - arrival: The theoretical arrival time that is kept; 0 for a key that is new.
    ///   - now: On the same scale, at least 0.
    ///   - cost: Within `StateLimits.cost`.
    /// - Returns: The time to be kept; it is `arrival` when nothing is to change.
    package func judge(arrival: Int64, now: Int64, cost: Int) -> (answer: FloodAnswer, arrival: Int64) {
        let price = Int64(cost) * interval
        let ahead = start(arrival, now) - now + price
        guard ahead <= capacity else {
            guard price <= capacity else { return (.refused(retryAfter: .max), arrival) }
            return (.refused(retryAfter: Self.milliseconds(ahead - capacity)), arrival)
        }
        guard ahead > freely else { return (.admitted, now + ahead) }
        return (.delayed(for: Self.milliseconds(ahead - freely)), now + ahead)
    }

    /// Where the request's interval begins. Other machines may have let a key overdraw its bucket, but not
    /// by this much: then the clock was set back, and the bucket counts as full.
    private func start(_ arrival: Int64, _ now: Int64) -> Int64 {
        let farthest = now + 2 * capacity + StateLimits.countSlackMilliseconds * 1_000_000
        return arrival > farthest ? now + capacity : max(arrival, now)
    }

    /// Rounded up, so that whoever waits for so long is in time.
    private static func milliseconds(_ nanoseconds: Int64) -> Int64 { (nanoseconds + 999_999) / 1_000_000 }
}
