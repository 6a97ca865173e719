// The slab as a reader sees it: the master, the page of metrics, tests.

internal import Posix

/// All rows of a slab, mapped for reading only.
package struct StatsReader: ~Copyable {
    private let cells: SharedCellsReader
    private let shape: StatsShape

    /// - Parameter descriptor: Only needed during the call.
    package init(descriptor: Int32) throws(StatsError) {
        let shape = try StatsShape(checking: descriptor)
        do throws(SystemError) {
            cells = try SharedCellsReader(of: descriptor, offsetBytes: 0, count: shape.fileBytes / 8)
        } catch {
            throw .system(error)
        }
        self.shape = shape
    }

    package var rowCount: Int { shape.rowCount }

    /// A copy of a row. Each number is whole; together they are not of one instant.
    package func row(_ slot: Int) -> StatsValues {
        precondition(slot >= 0 && slot < rowCount, "no such row")
        let first = shape.rowOffsetBytes(slot) / 8
        var values = StatsValues()
        values.processID = Int32(
            truncatingIfNeeded: cells.load(first + StatsLayout.RowCell.processID.rawValue))
        values.startUnixMilliseconds = cells.load(
            first + StatsLayout.RowCell.startUnixMilliseconds.rawValue)
        values.processCount = cells.load(first + StatsLayout.RowCell.processCount.rawValue)
        for counter in Counter.allCases {
            values[counter] = cells.load(first + counter.cell)
        }
        return values
    }

    package var rows: [StatsValues] { (0..<rowCount).map { row($0) } }
    package var total: StatsValues { .total(of: rows) }
}
