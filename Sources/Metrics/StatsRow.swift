// A worker's own row of the slab: the only place where it counts.

internal import Glibc
public import Posix

/// The counters of this process, in shared memory.
///
/// A row has one writer, so counting is a plain load and store: no locked instruction, no call.
/// Numbers wrap; a reader takes differences. Public for the reason that ``SharedCells`` is.
@frozen public struct StatsRow: ~Copyable {
    @usableFromInline let cells: SharedCells

    /// Takes over a row of a slab; its counters go on from where they are.
    ///
    /// - Parameters:
    ///   - descriptor: Only needed during the call.
    ///   - slot: This worker's slot.
    package init(descriptor: Int32, slot: Int) throws(StatsError) {
        let shape = try StatsShape(checking: descriptor)
        guard slot >= 0, slot < shape.rowCount else {
            throw .noSuchRow(slot, rowCount: shape.rowCount)
        }
        let cells: SharedCells
        do throws(SystemError) {
            cells = try SharedCells(
                of: descriptor, offsetBytes: shape.rowOffsetBytes(slot), count: StatsLayout.cellsPerRow)
        } catch {
            throw .system(error)
        }
        cells.store(WallClock.milliseconds, at: StatsLayout.RowCell.startUnixMilliseconds.rawValue)
        cells.add(1, at: StatsLayout.RowCell.processCount.rawValue)
        cells.store(UInt64(getpid()), at: StatsLayout.RowCell.processID.rawValue)
        self.cells = cells
    }

    /// Counts; a gauge goes down by a negative amount.
    @inlinable @inline(__always) public func add(_ counter: Counter, _ amount: Int = 1) {
        cells.add(UInt64(truncatingIfNeeded: amount), at: counter.cell)
    }

    /// Sets a gauge.
    @inlinable @inline(__always) public func set(_ counter: Counter, _ value: UInt64) {
        cells.store(value, at: counter.cell)
    }

    @inlinable public func value(_ counter: Counter) -> UInt64 { cells.load(counter.cell) }
}
