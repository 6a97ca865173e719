// The cell that says what kind of value an entry has, and who is writing its text.

/// A sequence lock that names its owner: a reader takes a text only if the word was the same, and
/// not busy, before and after; the master finds the words of a dead worker.
struct SequenceWord: Equatable {
    enum Kind: UInt64 {
        /// An entry that has an expiry only.
        case nothing = 0, number, text
    }

    /// Bit 0 busy, 1-2 kind, 3-12 the writer that is busy, 16-31 bytes of the text, 32-63 version.
    let bits: UInt64

    init(bits: UInt64) { self.bits = bits }

    private init(isBusy: Bool, _ kind: Kind, owner: Int, textBytes: Int, version: UInt64) {
        bits =
            (isBusy ? 1 : 0) | kind.rawValue << 1 | UInt64(owner) << 3 | UInt64(textBytes & 0xFFFF) << 16
            | (version & 0xFFFF_FFFF) << 32
    }

    var isBusy: Bool { bits & 1 != 0 }
    /// Bits that nobody of this program has written are no value.
    var kind: Kind { Kind(rawValue: bits >> 1 & 3) ?? .nothing }
    var owner: Int { Int(bits >> 3 & 0x3FF) }
    var textBytes: Int { Int(bits >> 16 & 0xFFFF) }
    private var version: UInt64 { bits >> 32 }

    /// The word while `owner` writes.
    func busy(_ owner: Int) -> SequenceWord {
        SequenceWord(isBusy: true, kind, owner: owner, textBytes: textBytes, version: version)
    }

    /// The word once a value is written.
    func holding(_ kind: Kind, textBytes: Int = 0) -> SequenceWord {
        SequenceWord(isBusy: false, kind, owner: 0, textBytes: textBytes, version: version &+ 1)
    }
}

/// What else is known of an entry; bits 0-15 of its cell are the name's length.
enum EntryFlags {
    /// Its expiry was set for it alone and does not move with its group's.
    static let ownExpiry: UInt64 = 1 << 16
    /// The name was longer than its room: its bytes are those of the digest.
    static let digestName: UInt64 = 1 << 17
}
