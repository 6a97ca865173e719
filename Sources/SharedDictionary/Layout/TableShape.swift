// What an entry of a dictionary has room for.

/// Chosen for each dictionary: entries of one dictionary are all of one size.
package enum TableShape: UInt64, CaseIterable, Sendable {
    /// One number a key: rates, bans.
    case numbers = 1
    /// Numbers and texts: the collections of rules.
    case texts = 2

    /// Bytes of a name that are kept for listing; a longer one is listed by its digest. Names are told
    /// apart by their digests alone.
    package var nameBytes: Int {
        switch self {
        case .numbers: 40
        case .texts: 104
        }
    }

    /// Bytes of a text value; the rest of a longer one is cut off.
    package var textBytes: Int {
        switch self {
        case .numbers: 0
        case .texts: 320
        }
    }

    var slotCells: Int { SlotCell.name + (nameBytes + textBytes) / 8 }
    var textCell: Int { SlotCell.name + nameBytes / 8 }
}

/// Cells of a slot, 64 bits each. The first eight are one cache line.
enum SlotCell {
    /// Digest of the group, two cells.
    static let group = 0
    /// Digest of the name within the group.
    static let nameDigest = 2
    /// Milliseconds since 1970 at which the entry ends.
    static let expiry = 3
    /// Milliseconds since 1970 of the last change.
    static let touched = 4
    /// The number, an Int64.
    static let number = 5
    /// ``SequenceWord``
    static let sequence = 6
    /// Milliseconds since 1970.
    static let created = 7
    /// Milliseconds that a change prolongs the entry by.
    static let lifetime = 8
    /// ``EntryFlags`` and the name's length.
    static let description = 9
    /// Bytes of the name, then bytes of the text.
    static let name = 11
}
