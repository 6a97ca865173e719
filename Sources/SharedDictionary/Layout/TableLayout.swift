// How a dictionary lies in its memory file, in 64-bit cells of native byte order.
//
//     header ........ magic, version, shape, slots, writers, seed; entries
//     pins .......... one cache line a writer: the slot that it holds on to
//     controls ...... one cell a slot: what state it is in, and 32 bits of its key
//     slots ......... key, expiry, value
//
// A search reads the controls of at most `TableLimits.probeSlots` neighbours (eight cache lines) and
// the one slot that it is after.

struct TableLayout: Equatable {
    /// "WAFDDICT"
    static let magic: UInt64 = 0x5443_4944_4446_4157
    /// Raised with every change of the cells' places or meaning.
    static let version: UInt64 = 1

    enum HeaderCell: Int, CaseIterable {
        case magic = 0, version, shape, slotCount, writerCount, firstSeed, secondSeed
    }
    static let headerCells = 64
    /// Live entries; on a cache line of its own.
    static let entriesCell = 16
    private static let cellsPerLine = 8

    let shape: TableShape
    let slotCount: Int
    let writerCount: Int
    let firstControl: Int
    let firstSlot: Int
    let cellCount: Int

    /// - Parameter slotCount: At least `TableLimits.probeSlots`.
    init(shape: TableShape, slotCount: Int, writerCount: Int) {
        self.shape = shape
        self.slotCount = slotCount
        self.writerCount = writerCount
        firstControl = Self.headerCells + writerCount * Self.cellsPerLine
        firstSlot =
            (firstControl + slotCount + Self.cellsPerLine - 1) / Self.cellsPerLine * Self.cellsPerLine
        cellCount = firstSlot + slotCount * shape.slotCells
    }

    /// As many slots as `fileBytes` have room for.
    init(shape: TableShape, fileBytes: Int, writerCount: Int) {
        let fixedCells = Self.headerCells + (writerCount + 1) * Self.cellsPerLine
        let slots = (fileBytes / 8 - fixedCells) / (1 + shape.slotCells)
        self.init(shape: shape, slotCount: max(TableLimits.probeSlots, slots), writerCount: writerCount)
    }

    func pin(_ writer: Int) -> Int { Self.headerCells + writer * Self.cellsPerLine }
    func control(_ slot: Int) -> Int { firstControl + slot }
    func slot(_ slot: Int) -> Int { firstSlot + slot * shape.slotCells }

    /// Where the search for a group's entries begins.
    func home(of group: KeyDigest) -> Int { Int(group.low.multipliedFullWidth(by: UInt64(slotCount)).high) }
    func next(_ slot: Int) -> Int { slot + 1 == slotCount ? 0 : slot + 1 }
}
