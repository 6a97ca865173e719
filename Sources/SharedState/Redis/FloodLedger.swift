// What the meters of a dictionary have let pass and Redis does not know yet.

internal import Bytes
internal import SharedDictionary

/// Of one worker and dictionary. For one thread.
package final class FloodLedger {
    struct Zone {
        var name: String
        var digest: UInt64
        /// How far ahead Redis lets a count get.
        var mostMicroseconds: Int64
        /// Milliseconds that an entry is kept.
        var keep: Int64
    }

    private(set) var zones: [Zone] = []
    var pending: CountSums
    /// What is being told.
    var told: CountSums

    package init(limit: Int = RedisLimits.pendingKeys) {
        pending = CountSums(limit: limit)
        told = CountSums(limit: limit)
    }

    /// Counts that stay local, as too many keys wait.
    var dropped: Int { pending.dropped + told.dropped }

    /// - Returns: The zone's index. Meters of one zone share it.
    func register(_ zone: Zone) -> Int {
        if let index = zones.firstIndex(where: { $0.digest == zone.digest }) {
            zones[index] = zone
            return index
        }
        zones.append(zone)
        return zones.count - 1
    }

    /// - Parameter now: Microseconds since 1970.
    func note(_ consumed: Int64, _ entry: EntryKey, zone: Int, key: ByteView, now: Int64) {
        guard key.count > RedisLimits.keyBytes else {
            return pending.add(consumed, to: entry, zone: zone, key: key, since: now)
        }
        // Digests of the dictionary are seeded: other machines have others.
        let digest = SHA1.digest(of: key)
        let text = ByteText(bytes: digest.indices.map { digest[$0] })
        withExtendedLifetime(text) { pending.add(consumed, to: entry, zone: zone, key: text.view, since: now) }
    }

    /// Moves what is pending to what is being told. That must be settled.
    func beginTelling() {
        precondition(told.isEmpty, "what was told last is not settled")
        swap(&pending, &told)
    }

    /// It has arrived.
    func settle() { told.removeAll() }

    /// It was told, and nobody knows whether it has arrived: it is told again. If it had, a limit is
    /// stricter than it should be for as long as that takes to pass.
    func takeBack() {
        pending.add(told)
        told.removeAll()
    }
}
