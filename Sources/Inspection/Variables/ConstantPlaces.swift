// Where members are whose names lie in the store.

internal import Bytes

/// Remembers by a name's address which member it names: rules name the same few members again and again,
/// and equal names lie at one address. Only for names of the store, which stays as it is.
struct ConstantPlaces {
    private struct Slot {
        var address: UInt
        var count: Int32
        var member: Int32
    }

    private var slots = ContiguousArray(repeating: Slot(address: 0, count: 0, member: 0), count: slotCount)
    private static let slotCount = 256

    @inline(__always)
    private func slot(_ name: ByteView) -> Int {
        Int(truncatingIfNeeded: (UInt64(name.address) &* 0x9E37_79B9_7F4A_7C15) >> 56)
    }

    func find(_ name: ByteView) -> Int? {
        let slot = slots[slot(name)]
        return slot.address == name.address && Int(slot.count) == name.count ? Int(slot.member) : nil
    }

    mutating func note(_ name: ByteView, _ member: Int) {
        slots[slot(name)] = Slot(address: name.address, count: Int32(clamping: name.count), member: Int32(member))
    }

    mutating func removeAll() {
        for index in slots.indices { slots[index].address = 0 }
    }
}
