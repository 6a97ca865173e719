// Digests of keys: what entries are told apart by.

/// 128 bits of SipHash. Seeded with a secret of the dictionary's, so that nobody outside can make
/// two keys meet, or crowd one part of the table.
package struct KeyDigest: Equatable, Hashable, Sendable {
    package let low: UInt64
    package let high: UInt64

    package init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }
}

/// The key of an entry: its group (a client's record, a ban list) and its name therein.
package struct EntryKey: Equatable, Sendable {
    package let group: KeyDigest
    /// 0 for the entry that stands for the group itself.
    package let name: UInt64

    package init(group: KeyDigest, name: UInt64) {
        self.group = group
        self.name = name
    }

    /// The entry that stands for the group itself.
    package init(headOf group: KeyDigest) { self.init(group: group, name: 0) }

    var groupTag: UInt16 { UInt16(truncatingIfNeeded: group.high >> 48) }
    var tag: UInt32 { UInt32(groupTag) << 16 | UInt32(truncatingIfNeeded: name & 0xFFFF) }
}
