// Leaving a target alone that does not answer.

/// Counts failures in a row. Once there are enough nothing is asked for some time; then one inquiry is let
/// through as a probe, and its outcome decides. Time is the caller's, in milliseconds.
package struct CircuitBreaker: Sendable {
    private enum State: Equatable {
        case closed(failures: Int)
        case open(until: Int)
        /// A probe is under way.
        case probing
    }

    private var state = State.closed(failures: 0)
    private let limit: Int
    private let pause: Int

    /// - Parameter failures: In a row; 0: never opens.
    package init(failures: Int, pauseMilliseconds: Int) {
        limit = failures
        pause = pauseMilliseconds
    }

    /// Whether something may be asked now. Who is told so reports what came of it.
    package mutating func allows(now: Int) -> Bool {
        switch state {
        case .closed: return true
        case .probing: return false
        case .open(let until):
            guard now >= until else { return false }
            state = .probing
            return true
        }
    }

    package var isClosed: Bool { if case .closed = state { true } else { false } }

    package mutating func succeeded() { state = .closed(failures: 0) }

    package mutating func failed(now: Int) {
        guard limit > 0 else { return }
        switch state {
        case .closed(let failures) where failures + 1 < limit: state = .closed(failures: failures + 1)
        case .closed, .probing: state = .open(until: now + pause)
        case .open: break
        }
    }

    /// Nobody knows what came of an inquiry that was given up: another probe may be sent.
    package mutating func abandoned(now: Int) { if state == .probing { state = .open(until: now) } }
}
