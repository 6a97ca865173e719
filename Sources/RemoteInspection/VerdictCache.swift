// Verdicts that are remembered for a while.

/// Levels by key, for as long as they are fresh. Fixed in size: a new key takes the place of the one that
/// was filled longest ago in its bucket. Keys are kept whole and compared. Time is the caller's, in milliseconds.
package struct VerdictCache: ~Copyable {
    private struct Entry {
        var key: [UInt8]
        var level: RiskLevel
        var until: Int
    }

    /// Keys kept at most.
    package static var capacity: Int { 1_024 }
    /// Bytes of a key; a longer one is not kept.
    package static var keyLimit: Int { 4 << 10 }
    private static let ways = 4

    private var entries: [Entry?] = []
    private let seed = UInt64.random(in: .min ... .max)

    package init() {}

    package func find(_ key: [UInt8], now: Int) -> RiskLevel? {
        guard !entries.isEmpty else { return nil }
        let bucket = bucket(of: key)
        for index in bucket..<(bucket + Self.ways) {
            if let entry = entries[index], entry.until > now, entry.key == key { return entry.level }
        }
        return nil
    }

    package mutating func keep(_ level: RiskLevel, for key: [UInt8], until: Int) {
        guard key.count <= Self.keyLimit else { return }
        if entries.isEmpty { entries = [Entry?](repeating: nil, count: Self.capacity) }
        let bucket = bucket(of: key)
        let places = bucket..<(bucket + Self.ways)
        let same = places.first { entries[$0].map { $0.key == key } ?? false }
        let oldest = places.min { (entries[$0]?.until ?? .min) < (entries[$1]?.until ?? .min) }
        entries[same ?? oldest ?? bucket] = Entry(key: key, level: level, until: until)
    }

    private func bucket(of key: [UInt8]) -> Int {
        var hash = seed
        for byte in key { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash ^= hash >> 29
        return Int(hash % UInt64(Self.capacity / Self.ways)) * Self.ways
    }
}
