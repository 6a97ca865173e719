// The slab as the master keeps it: it makes the memory, hands out the descriptor, and tidies a row
// whose worker has died.

internal import Glibc
internal import Posix

/// Counters of all worker slots in one memory file of fixed size.
///
/// Rows outlive their workers: a worker started again in the same slot goes on counting.
package struct StatsSlab: ~Copyable {
    private let file: Descriptor
    private let cells: SharedCells
    private let shape: StatsShape

    /// - Parameter rowCount: Worker slots, at least 1.
    package init(rowCount: Int) throws(StatsError) {
        guard rowCount >= 1, rowCount <= StatsLayout.maxRows else {
            throw .wrongRowCount(rowCount, limit: StatsLayout.maxRows)
        }
        let shape = StatsShape(rowCount: rowCount)
        let file = try Self.makeFile(bytes: shape.fileBytes)
        let cells = try Self.mapCells(of: file.number, bytes: shape.fileBytes)
        for (_, cell, value) in shape.headerFields { cells.store(value, at: cell.rawValue) }
        cells.store(StatsLayout.magic, at: StatsLayout.HeaderCell.magic.rawValue)
        self.file = file
        self.cells = cells
        self.shape = shape
    }

    private static func makeFile(bytes: Int) throws(StatsError) -> Descriptor {
        do throws(SystemError) {
            let file = try SealedMemory.create(name: "wafd-stats")
            guard ftruncate(file.number, bytes) == 0 else { throw SystemError.last("ftruncate") }
            // Workers are given the descriptor; nobody else is to open the file by /proc.
            guard fchmod(file.number, 0o600) == 0 else { throw SystemError.last("fchmod") }
            try SealedMemory.seal(file.number, [.fixedSize, .furtherSeals])
            return file
        } catch {
            throw .system(error)
        }
    }

    private static func mapCells(of file: Int32, bytes: Int) throws(StatsError) -> SharedCells {
        do throws(SystemError) {
            return try SharedCells(of: file, offsetBytes: 0, count: bytes / 8)
        } catch {
            throw .system(error)
        }
    }

    /// What a worker or a reader needs; stays the slab's.
    package var descriptor: Int32 { file.number }
    package var rowCount: Int { shape.rowCount }

    package func reader() throws(StatsError) -> StatsReader { try StatsReader(descriptor: file.number) }

    /// Clears what a dead worker can no longer correct: its gauges and its process number.
    ///
    /// To be called when the process has been reaped, before another one takes the row: a row has
    /// one writer at a time.
    package func clearAfterDeath(slot: Int) {
        precondition(slot >= 0 && slot < rowCount, "no such row")
        let first = shape.rowOffsetBytes(slot) / 8
        for counter in Counter.allCases {
            switch CounterCatalogue.definition(of: counter).kind {
            case .gauge: cells.store(0, at: first + counter.cell)
            case .counter: break
            }
        }
        cells.store(0, at: first + StatsLayout.RowCell.processID.rawValue)
    }
}
