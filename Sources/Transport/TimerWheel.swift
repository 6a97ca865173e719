// Deadlines of connections: a hashed wheel with a bitmap of its slots.
//
// Time-outs move with every byte that arrives, so an entry is not moved with them. A connection
// keeps its deadline itself; an entry that fires too early is put in again by its owner, and one
// whose owner is gone finds nothing behind its token. So a message costs the wheel nothing.

/// Tokens that are due at some time, with a resolution of `tickMilliseconds`.
package struct TimerWheel: ~Copyable {
    private struct Entry {
        var token: EventToken
        var deadline: Int
    }

    package static let tickMilliseconds = 16
    private static let slotCount = 1024

    private var slots: [[Entry]] = Array(repeating: [], count: slotCount)
    private var occupied: [UInt64] = Array(repeating: 0, count: slotCount / 64)
    /// The tick that `expire` has reached; a tick is milliseconds / `tickMilliseconds`.
    private var currentTick: Int
    package private(set) var count = 0

    /// - Parameter now: Milliseconds of the monotonic clock.
    package init(now: Int) { currentTick = now / Self.tickMilliseconds }

    /// Fires `token` at or shortly after `deadline` (milliseconds of the monotonic clock).
    package mutating func insert(_ token: EventToken, deadline: Int) {
        // Rounded up, so that no entry fires before its time; one that is already due fires next.
        let tick = max((deadline + Self.tickMilliseconds - 1) / Self.tickMilliseconds, currentTick + 1)
        let slot = tick % Self.slotCount
        slots[slot].append(Entry(token: token, deadline: tick))
        occupied[slot / 64] |= 1 << UInt64(slot % 64)
        count += 1
    }

    /// Milliseconds until something may be due; nil when nothing waits.
    package func millisecondsToNext(now: Int) -> Int? {
        guard count > 0 else { return nil }
        var distance = 1
        while distance <= Self.slotCount {
            let slot = (currentTick + distance) % Self.slotCount
            let waiting = occupied[slot / 64] >> UInt64(slot % 64)
            if waiting != 0 {
                distance += waiting.trailingZeroBitCount
                return max(0, (currentTick + distance) * Self.tickMilliseconds - now)
            }
            distance += 64 - slot % 64
        }
        return 0
    }

    /// Appends every token that is due by `now` to `due`.
    package mutating func expire(now: Int, into due: inout [EventToken]) {
        let target = now / Self.tickMilliseconds
        guard target > currentTick else { return }
        // After a long pause every slot is looked at once, not once for each round.
        let steps = min(target - currentTick, Self.slotCount)
        for step in 1...steps where count > 0 {
            let slot = (target - steps + step) % Self.slotCount
            guard occupied[slot / 64] >> UInt64(slot % 64) & 1 == 1 else { continue }
            slots[slot].removeAll { entry in
                guard entry.deadline <= target else { return false }
                due.append(entry.token)
                count -= 1
                return true
            }
            if slots[slot].isEmpty { occupied[slot / 64] &= ~(1 << UInt64(slot % 64)) }
        }
        currentTick = target
    }
}
