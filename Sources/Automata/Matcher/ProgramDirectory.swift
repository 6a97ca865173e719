// The programs a matcher has met, numbered.

internal import Bytes

/// Finds a program's number by where its bytes lie.
///
/// The fingerprint is compared too, so that a program which lies where another did, in memory
/// that a generation gave up, is not taken for it.
struct ProgramDirectory {
    private struct Entry {
        let program: PatternProgram
        let address: UInt
    }

    private var entries: [Entry] = []
    /// Open addressing by address; holds indices into `entries` plus one, 0 where free. Never more
    /// than half full, its count a power of two.
    private var slots = [Int32](repeating: 0, count: 64)

    subscript(number: Int) -> PatternProgram { entries[number].program }

    @inline(__always)
    func find(_ program: PatternProgram) -> Int? {
        let address = program.bytes.address
        var probe = slot(of: address)
        while slots[probe] != 0 {
            let index = Int(slots[probe]) - 1
            if entries[index].address == address,
                entries[index].program.fingerprint == program.fingerprint
            {
                return index
            }
            probe = (probe + 1) & (slots.count - 1)
        }
        return nil
    }

    /// - Returns: The number of a program that has none yet.
    mutating func add(_ program: PatternProgram) -> Int {
        entries.append(Entry(program: program, address: program.bytes.address))
        if entries.count * 2 > slots.count {
            slots = [Int32](repeating: 0, count: slots.count * 2)
            for index in entries.indices.dropLast() { enlist(index) }
        }
        enlist(entries.count - 1)
        return entries.count - 1
    }

    mutating func removeAll() {
        entries.removeAll(keepingCapacity: true)
        for index in slots.indices { slots[index] = 0 }
    }

    private mutating func enlist(_ index: Int) {
        var probe = slot(of: entries[index].address)
        while slots[probe] != 0 { probe = (probe + 1) & (slots.count - 1) }
        slots[probe] = Int32(index + 1)
    }

    @inline(__always)
    private func slot(of address: UInt) -> Int {
        Int(truncatingIfNeeded: (address &* 0x9E37_79B9_7F4A_7C15) >> 32) & (slots.count - 1)
    }
}
