// What was consumed and has not been told yet: one sum a key.

package import Bytes
package import SharedDictionary

/// A hash table whose memory is kept from one exchange to the next: a worker that is warm allocates nothing.
package struct CountSums: ~Copyable {
    package struct Sum: Equatable {
        package var entry: EntryKey
        /// Index of the zone.
        package var zone: Int
        /// Place of the key's bytes.
        fileprivate var start: Int
        fileprivate var count: Int
        /// Nanoseconds of the limit's rate.
        package var consumed: Int64
        /// Microseconds since 1970 at which the consumption began.
        package var since: Int64
    }

    package private(set) var sums: [Sum] = []
    private var bytes = ByteBuffer()
    /// Index of a sum and 1, by the hash of its entry; 0 is free. A power of two, at most half full.
    private var places: [Int32] = Array(repeating: 0, count: 64)
    private let limit: Int
    /// Sums that found no room.
    package private(set) var dropped = 0

    package init(limit: Int = RedisLimits.pendingKeys) { self.limit = limit }

    package var isEmpty: Bool { sums.isEmpty }

    /// Adds to a key's sum.
    ///
    /// - Parameter key: At most `RedisLimits.keyBytes`, as it is told.
    package mutating func add(
        _ consumed: Int64, to entry: EntryKey, zone: Int, key: ByteView, since: Int64
    ) {
        var place = home(entry)
        while places[place] != 0 {
            let index = Int(places[place]) - 1
            if sums[index].entry == entry {
                let (sum, overflow) = sums[index].consumed.addingReportingOverflow(consumed)
                sums[index].consumed = overflow ? .max : sum
                sums[index].since = min(sums[index].since, since)
                return
            }
            place = (place + 1) & (places.count - 1)
        }
        guard sums.count < limit else {
            dropped += 1
            return
        }
        let start = bytes.count
        bytes.append(key)
        sums.append(
            Sum(entry: entry, zone: zone, start: start, count: key.count, consumed: consumed, since: since))
        places[place] = Int32(sums.count)
        if sums.count * 2 > places.count { grow() }
    }

    /// What was consumed of a key, in nanoseconds.
    package func consumed(of entry: EntryKey) -> Int64 {
        var place = home(entry)
        while places[place] != 0 {
            let sum = sums[Int(places[place]) - 1]
            if sum.entry == entry { return sum.consumed }
            place = (place + 1) & (places.count - 1)
        }
        return 0
    }

    /// Valid until self is next changed.
    package func key(of sum: Sum) -> ByteView { bytes.view[sum.start..<sum.start + sum.count] }

    /// Adds all sums of another: they were told, and nobody knows whether they arrived.
    package mutating func add(_ other: borrowing CountSums) {
        for sum in other.sums {
            add(sum.consumed, to: sum.entry, zone: sum.zone, key: other.key(of: sum), since: sum.since)
        }
    }

    package mutating func removeAll() {
        sums.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        for index in places.indices { places[index] = 0 }
    }

    private func home(_ entry: EntryKey) -> Int {
        // Seeded digests: any bits will do.
        Int(truncatingIfNeeded: entry.group.low ^ entry.name) & (places.count - 1)
    }

    private mutating func grow() {
        places = Array(repeating: 0, count: places.count * 2)
        for (index, sum) in sums.enumerated() {
            var place = home(sum.entry)
            while places[place] != 0 { place = (place + 1) & (places.count - 1) }
            places[place] = Int32(index + 1)
        }
    }
}
