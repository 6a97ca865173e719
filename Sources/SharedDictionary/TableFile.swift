// A dictionary as the master keeps it: it makes the memory and hands out the descriptor.

internal import Glibc
package import Posix

/// The memory of one dictionary, of a size that nobody can change. Its pages are taken from the
/// system as entries first need them.
package struct TableFile: ~Copyable {
    private let file: Descriptor

    /// - Parameters:
    ///   - bytes: Within `TableLimits.fileBytes`; the file is this long or a little shorter.
    ///   - writerCount: Processes that may write, each with a number of its own from 0 on.
    ///   - seed: A random one, or that of a saved dictionary whose entries are to be restored.
    package init(bytes: Int, shape: TableShape, writerCount: Int, seed: KeySeed) throws(TableError) {
        guard writerCount >= 1, writerCount <= TableLimits.writers else {
            throw .wrongWriterCount(writerCount, limit: TableLimits.writers)
        }
        guard TableLimits.fileBytes.contains(bytes) else {
            throw .wrongSize(
                bytes: bytes, smallest: TableLimits.fileBytes.lowerBound,
                largest: TableLimits.fileBytes.upperBound)
        }
        let layout = TableLayout(shape: shape, fileBytes: bytes, writerCount: writerCount)
        do throws(SystemError) {
            let file = try SealedMemory.create(name: "wafd-dictionary")
            guard ftruncate(file.number, layout.cellCount * 8) == 0 else {
                throw SystemError.last("ftruncate")
            }
            // Workers are given the descriptor; nobody else is to open the file by /proc.
            guard fchmod(file.number, 0o600) == 0 else { throw SystemError.last("fchmod") }
            try SealedMemory.seal(file.number, [.fixedSize, .furtherSeals])
            let cells = try SharedCells(of: file.number, offsetBytes: 0, count: layout.cellCount)
            let header: [(TableLayout.HeaderCell, UInt64)] = [
                (.version, TableLayout.version), (.shape, shape.rawValue),
                (.slotCount, UInt64(layout.slotCount)), (.writerCount, UInt64(writerCount)),
                (.firstSeed, seed.first), (.secondSeed, seed.second), (.magic, TableLayout.magic),
            ]
            for (cell, value) in header { cells.storeReleasing(value, at: cell.rawValue) }
            self.file = file
        } catch {
            throw .system(error)
        }
    }

    /// What those who write or read it need; stays the file's.
    package var descriptor: Int32 { file.number }

    package consuming func takeDescriptor() -> Descriptor { file }
}
