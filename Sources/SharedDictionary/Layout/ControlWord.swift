// The cell that says what state a slot is in.
//
//     free --claim--> claimed --publish--> live --remove, expire--> free
//                        |                  |
//                        +--undone--> free  +--evict--> claimed by the evictor
//
// All steps are exchanges of the whole word, and each changes it: the version tells a slot that went
// through free and live again from one that nobody touched.

struct ControlWord: Equatable {
    enum State: UInt64 {
        case free = 0, claimed, live
    }

    /// Bits 0-1 state, 2-11 writer that has claimed it, 12-31 version, 32-63 tag.
    let bits: UInt64

    init(bits: UInt64) { self.bits = bits }

    private init(_ state: State, owner: Int, version: UInt64, tag: UInt32) {
        bits = state.rawValue | UInt64(owner) << 2 | (version & 0xF_FFFF) << 12 | UInt64(tag) << 32
    }

    /// nil for bits that nobody of this program has written.
    var state: State? { State(rawValue: bits & 3) }
    var owner: Int { Int(bits >> 2 & 0x3FF) }
    private var version: UInt64 { bits >> 12 & 0xF_FFFF }
    /// The key's, of a slot that is not free.
    var tag: UInt32 { UInt32(truncatingIfNeeded: bits >> 32) }
    var groupTag: UInt16 { UInt16(truncatingIfNeeded: bits >> 48) }
    var nameTag: UInt16 { UInt16(truncatingIfNeeded: bits >> 32) }

    func claimed(by owner: Int, tag: UInt32) -> ControlWord {
        ControlWord(.claimed, owner: owner, version: version &+ 1, tag: tag)
    }

    var published: ControlWord { ControlWord(.live, owner: owner, version: version, tag: tag) }
    var freed: ControlWord { ControlWord(.free, owner: 0, version: version &+ 1, tag: 0) }
}
