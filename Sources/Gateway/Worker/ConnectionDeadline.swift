// When a connection must have moved on.

internal import Transport

/// One connection's deadline and its entry on the wheel.
///
/// The deadline moves with every byte at the price of a store; the wheel hears of it only when it
/// comes before the entry that is already there (see ``TimerWheel``).
struct ConnectionDeadline {
    /// Milliseconds of the monotonic clock; `Int.max`: none.
    private(set) var time = Int.max
    private var armedFor = Int.max

    mutating func set(_ time: Int, token: EventToken, on wheel: inout TimerWheel) {
        self.time = time
        guard time < armedFor else { return }
        armedFor = time
        wheel.insert(token, deadline: time)
    }

    mutating func clear() { time = .max }

    /// An entry of the wheel has fired.
    ///
    /// - Returns: Whether the deadline is over; if not, the wheel has a new entry for it.
    mutating func fired(now: Int, token: EventToken, on wheel: inout TimerWheel) -> Bool {
        // An entry from before a shorter deadline: the later one is still on the wheel, and putting
        // this in again would leave one more of them with each short deadline.
        guard armedFor <= now else { return false }
        armedFor = .max
        if time <= now { return true }
        if time != .max { set(time, token: token, on: &wheel) }
        return false
    }
}
