// Who is kept out for a time: one entry a key in a shared dictionary, so that all workers know at once.
//
// A ban ends by itself. In a full dictionary counts give way before bans, and of bans the one that ends
// first.

package import Bytes
package import SharedDictionary

/// The bans of a dictionary, as one process sees them. For one thread.
package final class BanList {
    private let table: EntryTable
    private let name: UInt64
    private let ledger: BanLedger?

    /// - Parameter ledger: Of a dictionary that is shared with other machines; nil: bans are this machine's.
    package init(in table: EntryTable, telling ledger: BanLedger? = nil) {
        self.table = table
        self.ledger = ledger
        name = StateKey.name(.ban, "", table.seed)
    }

    /// The dictionary where bans lie unless another is named: `bans` where the configuration has one,
    /// else that of the collections, which is always there.
    package static func dictionary(among names: some Sequence<String>) -> String {
        names.contains("bans") ? "bans" : DictionarySettings.collectionsName
    }

    /// Keeps a key out from now on. A ban that is there gets the new end, earlier or later.
    ///
    /// - Parameters:
    ///   - seconds: What is out of `StateLimits.banSeconds` is brought into it.
    ///   - now: Microseconds since 1970.
    /// - Returns: false when the dictionary refused it, which it counts.
    @discardableResult package func ban(key: ByteView, seconds: Int, now: Int64) -> Bool {
        let bounds = StateLimits.banSeconds
        let seconds = Int64(min(max(seconds, bounds.lowerBound), bounds.upperBound))
        return ban(key: key, end: now / 1_000 + seconds * 1_000, now: now)
    }

    /// - Parameter end: Milliseconds since 1970.
    @discardableResult package func ban(key: ByteView, end: Int64, now: Int64) -> Bool {
        ledger?.note(key: key, end: end)
        return takeOver(key: key, end: end, now: now)
    }

    /// What another machine says: not told again.
    ///
    /// - Parameter end: Milliseconds since 1970; one that is past ends the ban.
    @discardableResult func takeOver(key: ByteView, end: Int64, now: Int64) -> Bool {
        guard end > now / 1_000 else {
            table.remove(entry(key))
            return true
        }
        return table.hold(entry(key), EntryDraft(name: key, expiry: end), at: now / 1_000)
    }

    /// - Parameter now: Microseconds since 1970.
    package func contains(key: ByteView, now: Int64) -> Bool { end(of: key, now: now) != nil }

    /// When the ban of a key ends, in milliseconds since 1970; nil when it is not banned.
    package func end(of key: ByteView, now: Int64) -> Int64? {
        table.expiry(of: entry(key), at: now / 1_000)
    }

    /// - Parameter key: Also as ``list(from:limit:now:)`` names one that is too long to be kept.
    /// - Returns: Whether it was banned.
    @discardableResult package func unban(key: ByteView, now: Int64) -> Bool {
        ledger?.note(key: key, end: 0)
        for entry in [entry(key)] + (digestEntry(key).map { [$0] } ?? []) {
            guard table.expiry(of: entry, at: now / 1_000) != nil else { continue }
            table.remove(entry)
            return true
        }
        return false
    }

    /// A page of the bans, in no order that means anything. Time grows with the dictionary's size: for the
    /// master only.
    ///
    /// - Parameters:
    ///   - place: 0, or what the page before gave as `next`.
    ///   - limit: At least 1.
    /// - Returns: `next` is nil behind the last one.
    package func list(from place: Int = 0, limit: Int, now: Int64) -> (bans: [Ban], next: Int?) {
        let arena = Arena(chunkBytes: 4 << 10)
        var bans: [Ban] = []
        var next: Int?
        table.visitAll(named: name, from: place, at: now / 1_000) { found, slot in
            guard bans.count < limit else {
                next = slot
                return false
            }
            arena.reset()
            let end = table.expiry(at: found)
            let group = table.group(at: found)
            guard let text = table.name(at: found, into: arena) else { return true }
            let view = table.isNameCut(at: found) ? Self.digestText(group, into: arena) : text
            bans.append(Ban(key: view.indices.map { view[$0] }, end: end))
            return true
        }
        return (bans, next)
    }

    private func entry(_ key: ByteView) -> EntryKey { StateKey.entry(key, name, table.seed) }

    // MARK: Keys that are too long

    /// `#`, then the digest of the entry's group.
    private static func digestText(_ group: KeyDigest, into arena: Arena) -> ByteView {
        arena.fill(upTo: 33) { output in
            output.append(UInt8(ascii: "#"))
            for word in [group.low, group.high] {
                for shift in stride(from: UInt64(60), through: 0, by: -4) {
                    let digit = UInt8(truncatingIfNeeded: word >> shift & 15)
                    output.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
                }
            }
        }
    }

    private func digestEntry(_ text: ByteView) -> EntryKey? {
        guard text.count == 33, text[0] == UInt8(ascii: "#") else { return nil }
        var words: [UInt64] = [0, 0]
        for index in 0..<32 {
            guard let digit = ASCII.hexValue(text[index + 1]) else { return nil }
            words[index / 16] = words[index / 16] << 4 | UInt64(digit)
        }
        return EntryKey(group: KeyDigest(low: words[0], high: words[1]), name: name)
    }
}
