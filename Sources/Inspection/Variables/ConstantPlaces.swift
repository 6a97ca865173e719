// Where members are whose names lie in the store.

internal import Bytes

/// Remembers by a name's address its hash and which member it names: rules name the same few members again
/// and again, and equal names lie at one address. Only for names of one rule set, which stays as it is.
struct ConstantPlaces {
    private struct Slot {
        var address: UInt
        var count: Int32
        var hash: UInt32
        var member: Int32
        /// The transaction for which `member` holds.
        var stamp: UInt32
        /// It holds for all that begin with this opening; 0: for that transaction only.
        var opening: UInt32
    }

    /// Empty until a name is met: most tables never meet one.
    private var slots: ContiguousArray<Slot> = []
    private var stamp: UInt32 = 1
    /// How the transaction began, and how many members it began with; 0: with none.
    private var opening: UInt32 = 0
    private var openingCount = 0
    private static let slotCount = 512

    @inline(__always)
    private func slot(_ name: ByteView) -> Int {
        Int(truncatingIfNeeded: (UInt64(name.address) &* 0x9E37_79B9_7F4A_7C15) >> 55)
    }

    func find(_ name: ByteView) -> Int? {
        guard !slots.isEmpty else { return nil }
        let slot = slots[slot(name)]
        guard slot.address == name.address, Int(slot.count) == name.count,
            slot.stamp == stamp || opening != 0 && slot.opening == opening
        else { return nil }
        return Int(slot.member)
    }

    /// The hash of a name that was met before, in whatever transaction.
    func hash(of name: ByteView) -> UInt32? {
        guard !slots.isEmpty else { return nil }
        let slot = slots[slot(name)]
        return slot.address == name.address && Int(slot.count) == name.count ? slot.hash : nil
    }

    /// - Parameter member: nil while there is no member of that name.
    mutating func note(_ name: ByteView, hash: UInt32, member: Int?) {
        if slots.isEmpty {
            slots = ContiguousArray(
                repeating: Slot(address: 0, count: 0, hash: 0, member: 0, stamp: 0, opening: 0),
                count: Self.slotCount)
        }
        let isOpening = member.map { $0 < openingCount } ?? false
        slots[slot(name)] = Slot(
            address: name.address, count: Int32(clamping: name.count), hash: hash, member: Int32(member ?? 0),
            stamp: member == nil ? 0 : stamp, opening: isOpening ? opening : 0)
    }

    /// The transaction begins with the members of an opening, which have the same places each time.
    mutating func begin(opening: UInt32, memberCount: Int) {
        self.opening = opening
        openingCount = memberCount
    }

    /// Forgets the members; the names stay where they are.
    mutating func forgetMembers() {
        opening = 0
        openingCount = 0
        if stamp == .max {
            removeAll()
        } else {
            stamp += 1
        }
    }

    /// Forgets the names, too: another rule set may lie where the last one was.
    mutating func removeAll() {
        slots.removeAll()
        stamp = 1
    }
}
