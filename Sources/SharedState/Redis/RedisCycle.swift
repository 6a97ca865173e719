// When to connect, to exchange and to give up.
//
//     away --due--> connecting --connected--> greeting --answered--> resting --due--> exchanging
//       ^               |                        |                      ^                 |
//       +---- lost, refused, out of patience ----+---- (resting too) ---+---- answered ---+
//
// Times in milliseconds of the monotonic clock.

package struct RedisCycle: Equatable, Sendable {
    package enum State: Equatable, Sendable {
        case away(until: Int64)
        case connecting(until: Int64)
        /// The password is being checked; without one the state is passed at once.
        case greeting(until: Int64)
        /// The last exchange began at that time.
        case resting(since: Int64)
        case exchanging(since: Int64, until: Int64)
    }

    package enum Event: Equatable, Sendable {
        /// Time has passed.
        case tick(hasNews: Bool)
        case connected
        /// All answers that were owed are there.
        case answered
        /// The connection is gone, or was never there.
        case lost
        /// Redis has answered with an error.
        case refused
    }

    package enum Action: Equatable, Sendable {
        case nothing, connect, greet, exchange
        /// Close the connection, if there is one, and take back what was told.
        case giveUp
    }

    package private(set) var state = State.away(until: .min)
    /// In a row.
    private var failures = 0
    private let interval: Int64

    package init(intervalMilliseconds: Int) { interval = Int64(intervalMilliseconds) }

    package var isUp: Bool {
        switch state {
        case .resting, .exchanging: true
        case .away, .connecting, .greeting: false
        }
    }

    /// When `tick` has something to do.
    package func wakeAt(hasNews: Bool) -> Int64 {
        switch state {
        case .away(let time), .connecting(let time), .greeting(let time), .exchanging(_, let time): time
        case .resting(let since): since + pause(hasNews)
        }
    }

    private func pause(_ hasNews: Bool) -> Int64 {
        hasNews ? interval : max(interval, RedisLimits.idleInterval)
    }

    package mutating func received(_ event: Event, now: Int64) -> Action {
        switch (state, event) {
        case (.away(let time), .tick) where time <= now:
            state = .connecting(until: now + RedisLimits.patience)
            return .connect
        case (.connecting, .connected):
            state = .greeting(until: now + RedisLimits.patience)
            return .greet
        case (.greeting, .answered):
            failures = 0
            state = .resting(since: now)
            // What has gathered is told, and bans are asked for, at once.
            return exchange(now)
        case (.resting, .tick(let hasNews)) where wakeAt(hasNews: hasNews) <= now: return exchange(now)
        case (.exchanging(let since, _), .answered):
            state = .resting(since: since)
            return .nothing
        case (.connecting(let time), .tick), (.greeting(let time), .tick), (.exchanging(_, let time), .tick):
            return time <= now ? giveUp(now) : .nothing
        case (.away, .lost), (.away, .refused), (.away, .connected), (.away, .answered), (.away, .tick),
            (.resting, .tick), (.resting, .answered), (.resting, .connected), (.connecting, .answered),
            (.greeting, .connected), (.exchanging, .connected):
            return .nothing
        case (.connecting, .lost), (.greeting, .lost), (.resting, .lost), (.exchanging, .lost),
            (.connecting, .refused), (.greeting, .refused), (.resting, .refused), (.exchanging, .refused):
            return giveUp(now)
        }
    }

    private mutating func exchange(_ now: Int64) -> Action {
        state = .exchanging(since: now, until: now + RedisLimits.patience)
        return .exchange
    }

    private mutating func giveUp(_ now: Int64) -> Action {
        let delay = min(RedisLimits.firstRetry << Int64(min(failures, 16)), RedisLimits.longestRetry)
        failures += 1
        state = .away(until: now + delay)
        return .giveUp
    }
}
