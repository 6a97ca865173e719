// Finds values that were seen before in the same evaluation.

internal import Bytes

/// A table of subjects by the hash of their bytes. Fixed in size: what finds no place is judged again.
struct SharedSubjects {
    private struct Slot {
        var hash: UInt64
        var subject: Int32
        var stamp: UInt32
    }

    private var slots = ContiguousArray(repeating: Slot(hash: 0, subject: 0, stamp: 0), count: slotCount)
    private var stamp: UInt32 = 1
    private static let slotCount = 1_024
    private static let probes = 4
    /// Values are told apart by who knows the seed only: a peer can not aim at one slot.
    private let seed = UInt64.random(in: .min ... .max)

    mutating func removeAll() {
        if stamp == .max {
            for index in slots.indices { slots[index].stamp = 0 }
            stamp = 0
        }
        stamp += 1
    }

    func find(_ hash: UInt64, where isSame: (Int) -> Bool) -> Int? {
        for probe in 0..<Self.probes {
            let slot = slots[Int(truncatingIfNeeded: hash &+ UInt64(probe)) & (Self.slotCount - 1)]
            guard slot.stamp == stamp else { return nil }
            if slot.hash == hash, isSame(Int(slot.subject)) { return Int(slot.subject) }
        }
        return nil
    }

    mutating func insert(_ hash: UInt64, _ subject: Int) {
        for probe in 0..<Self.probes {
            let index = Int(truncatingIfNeeded: hash &+ UInt64(probe)) & (Self.slotCount - 1)
            guard slots[index].stamp == stamp else {
                slots[index] = Slot(hash: hash, subject: Int32(subject), stamp: stamp)
                return
            }
        }
    }

    func hash(_ bytes: ByteView) -> UInt64 {
        var hash = seed ^ UInt64(bytes.count)
        var index = 0
        while index + 8 <= bytes.count {
            hash = (hash ^ bytes.loadUInt64(at: index)) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 29
            index += 8
        }
        while index < bytes.count {
            hash = (hash ^ UInt64(bytes[index])) &* 0x9E37_79B9_7F4A_7C15
            index += 1
        }
        return hash ^ hash >> 32
    }
}
