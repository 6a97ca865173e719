// A flood limit over all workers: one number a key in a shared dictionary, moved by compare-and-swap.
//
// When the dictionary has no room left, the count that has lain untouched for longest in the key's
// neighbourhood gives way, and its key begins anew; bans outlast all counts. That is counted by the dictionary
// (evictions). A key that gets no place at all, as others
// hold on to every one, passes uncounted: a limit must not become an outage.

package import Bytes
package import SharedDictionary

/// One limit, as one process asks it. For one thread.
package final class FloodMeter {
    package let limit: FloodLimit
    package private(set) var statistics = FloodStatistics()
    private let table: EntryTable
    private let zone: UInt64
    private let ledger: FloodLedger?
    /// The zone's place in the ledger.
    private let place: Int
    /// Milliseconds that an entry is kept after its last move.
    private let keep: Int64

    /// - Parameters:
    ///   - zone: Meters of the same zone and dictionary count together. At most `StateLimits.zoneBytes`.
    ///   - ledger: Of a dictionary that is shared with other machines; nil: the count is this machine's.
    package init(
        _ limit: FloodLimit, zone: String, in table: EntryTable, telling ledger: FloodLedger? = nil
    ) {
        precondition(
            (1...StateLimits.zoneBytes).contains(zone.utf8.count), "a zone's name is empty or too long")
        self.limit = limit
        self.table = table
        self.zone = StateKey.name(.count, zone, table.seed)
        keep = 2 * limit.capacity / 1_000_000 + 2 * StateLimits.countSlackMilliseconds
        self.ledger = ledger
        let most = limit.capacity / 1_000 + RedisLimits.overdraftMicroseconds
        place =
            ledger?.register(
                FloodLedger.Zone(name: zone, digest: self.zone, mostMicroseconds: most, keep: keep)) ?? 0
    }

    /// Counts a request, if it fits.
    ///
    /// - Parameters:
    ///   - key: Whose request it is; any bytes.
    ///   - cost: How many requests it counts as; what is out of `StateLimits.cost` is brought into it.
    ///   - now: Microseconds since 1970.
    package func ask(key: ByteView, cost: Int = 1, now: Int64) -> FloodAnswer {
        let cost = min(max(cost, StateLimits.cost.lowerBound), StateLimits.cost.upperBound)
        let now = min(max(now, 0), Self.latestMoment)
        let milliseconds = now / 1_000
        let entry = StateKey.entry(key, zone, table.seed)
        let draft = EntryDraft(name: key, expiry: milliseconds + keep)
        let limit = limit
        let keptUntil = draft.expiry - StateLimits.countSlackMilliseconds
        let moved = table.update(entry, draft, at: milliseconds, keptUntil: keptUntil) { arrival in
            limit.judge(arrival: arrival, now: now * 1_000, cost: cost).arrival
        }
        guard let moved else {
            statistics.uncounted += 1
            return .admitted
        }
        // The number that was there decides; the exchange has made sure that it was.
        let answer = limit.judge(arrival: moved.old, now: now * 1_000, cost: cost).answer
        switch answer {
        case .admitted: statistics.admitted += 1
        case .delayed: statistics.delayed += 1
        case .refused:
            statistics.refused += 1
            return answer
        }
        ledger?.note(Int64(cost) * limit.interval, entry, zone: place, key: key, now: now)
        return answer
    }

    /// A moment of the year 2116: nanoseconds up to it, and all that is added to them, fit an Int64.
    private static let latestMoment: Int64 = 4_611_686_018_427_387
}
