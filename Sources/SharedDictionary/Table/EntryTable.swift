// A dictionary as each process maps it: keys to numbers and texts, shared by the master and all
// workers without a lock.
//
// Who may change what:
//   * A slot belongs to nobody. It is claimed, published and freed by exchanging its control word
//     (``ControlWord``); identity and name are written while it is claimed, and only then.
//   * Numbers of a live entry change by compare-and-swap alone. Texts change under the sequence word
//     (``SequenceWord``), which names its owner.
//   * Whoever writes to a live entry, or claims a slot, pins it first: its number goes to the writer's
//     pin, then the control word is looked at again. Whoever claims a slot looks at all pins after the
//     exchange. Both are ordered accesses, so one of the two sees the other: a slot never gets a new
//     key while somebody writes to it for its old one.
//   * Reading pins nothing: what was read counts if the control word has not changed meanwhile.
// No step waits for another process. What does not come about within a fixed number of attempts is
// refused and counted.

internal import Bytes
internal import Glibc
internal import Posix

/// The entries of a dictionary, through the eyes of one writer. For one thread.
package final class EntryTable {
    let cells: SharedCells
    let layout: TableLayout
    let writer: Int
    package let seed: KeySeed
    package internal(set) var statistics = TableStatistics()
    /// For a text that becomes a number.
    let scratch = Arena(chunkBytes: 4 << 10, keptBytes: 4 << 10)

    /// - Parameters:
    ///   - descriptor: Only needed during the call.
    ///   - writer: A number that no other process has.
    package init(descriptor: Int32, writer: Int) throws(TableError) {
        let layout = try Self.checkedLayout(descriptor)
        guard writer >= 0, writer < layout.writerCount else {
            throw .noSuchWriter(writer, count: layout.writerCount)
        }
        do throws(SystemError) {
            cells = try SharedCells(of: descriptor, offsetBytes: 0, count: layout.cellCount)
        } catch {
            throw .system(error)
        }
        self.layout = layout
        self.writer = writer
        seed = KeySeed(
            first: cells.load(TableLayout.HeaderCell.firstSeed.rawValue),
            second: cells.load(TableLayout.HeaderCell.secondSeed.rawValue))
    }

    /// Reads the header of a file that may be anything.
    private static func checkedLayout(_ descriptor: Int32) throws(TableError) -> TableLayout {
        let found: Int
        let header: SharedCellsReader
        do throws(SystemError) {
            // Of an unsealed file the next line maps nothing.
            found = try SharedPages.fileBytes(descriptor)
            header = try SharedCellsReader(
                of: descriptor, offsetBytes: 0, count: TableLayout.HeaderCell.allCases.count)
        } catch {
            switch error.code {
            case EPERM: throw .unsealed
            case EOVERFLOW: throw .notADictionary
            default: throw .system(error)
            }
        }
        func cell(_ cell: TableLayout.HeaderCell) -> UInt64 { header.load(cell.rawValue) }
        guard cell(.magic) == TableLayout.magic, cell(.version) == TableLayout.version,
            let shape = TableShape(rawValue: cell(.shape)),
            let slotCount = Int(exactly: cell(.slotCount)), slotCount >= TableLimits.probeSlots,
            slotCount <= TableLimits.fileBytes.upperBound,
            let writerCount = Int(exactly: cell(.writerCount)), writerCount >= 1,
            writerCount <= TableLimits.writers
        else { throw .notADictionary }
        let layout = TableLayout(shape: shape, slotCount: slotCount, writerCount: writerCount)
        guard found == layout.cellCount * 8 else {
            throw .wrongFileLength(found: found, expected: layout.cellCount * 8)
        }
        return layout
    }

    package var shape: TableShape { layout.shape }
    package var slotCount: Int { layout.slotCount }
    /// Live entries, ended ones that nobody has come across included.
    package var entryCount: Int { Int(clamping: Int64(bitPattern: cells.load(TableLayout.entriesCell))) }
}

/// What one process has done to a dictionary.
package struct TableStatistics: Equatable, Sendable {
    /// New entries.
    package var insertions = 0
    /// Entries that had to go before their time to make room for others.
    package var evictions = 0
    /// Writes that did not come about: the neighbourhood was contended or held by a dead worker.
    package var refusals = 0

    package init() {}
}
