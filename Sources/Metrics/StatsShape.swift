// The measures of a slab, read from its first page and checked before anything else is mapped.

internal import Posix

struct StatsShape {
    let rowCount: Int
    let pageBytes: Int
    let rowBytes: Int
    let fileBytes: Int

    init(rowCount: Int) {
        self.rowCount = rowCount
        pageBytes = SharedPages.pageBytes
        rowBytes = StatsLayout.rowBytes(pageBytes: pageBytes)
        fileBytes = pageBytes + rowCount * rowBytes
    }

    /// Reads the header of a file that may be anything.
    init(checking descriptor: Int32) throws(StatsError) {
        let found = try Self.sealedFileBytes(descriptor)
        guard found >= SharedPages.pageBytes else { throw .notAStatsSlab }
        let header: SharedCellsReader
        do throws(SystemError) {
            header = try SharedCellsReader(
                of: descriptor, offsetBytes: 0, count: StatsLayout.HeaderCell.allCases.count)
        } catch {
            throw .system(error)
        }
        guard header.load(StatsLayout.HeaderCell.magic.rawValue) == StatsLayout.magic else {
            throw .notAStatsSlab
        }
        let rows = header.load(StatsLayout.HeaderCell.rowCount.rawValue)
        guard rows >= 1, rows <= StatsLayout.maxRows else {
            throw .layoutMismatch(field: "rows", found: rows, expected: UInt64(StatsLayout.maxRows))
        }
        self.init(rowCount: Int(rows))
        for (field, cell, expected) in headerFields {
            let value = header.load(cell.rawValue)
            guard value == expected else {
                throw .layoutMismatch(field: field, found: value, expected: expected)
            }
        }
        guard found == fileBytes else { throw .wrongFileLength(found: found, expected: fileBytes) }
    }

    /// What the header of such a slab holds besides its magic.
    var headerFields: [(field: String, cell: StatsLayout.HeaderCell, expected: UInt64)] {
        [
            ("layout version", .version, StatsLayout.version),
            ("number of counters", .counterCount, UInt64(Counter.allCases.count)),
            ("number of rows", .rowCount, UInt64(rowCount)),
            ("bytes of a row", .rowBytes, UInt64(rowBytes)),
            ("catalogue fingerprint", .fingerprint, CounterCatalogue.fingerprint),
        ]
    }

    /// Length of a file that can neither shrink nor grow.
    private static func sealedFileBytes(_ descriptor: Int32) throws(StatsError) -> Int {
        let seals: SealedMemory.Seals
        let bytes: Int
        do throws(SystemError) {
            seals = try SealedMemory.seals(of: descriptor)
            bytes = try SharedPages.fileBytes(descriptor)
        } catch {
            throw .system(error)
        }
        guard seals.isSuperset(of: .fixedSize) else { throw .unsealed }
        return bytes
    }

    /// Where a row begins in the file.
    func rowOffsetBytes(_ slot: Int) -> Int { pageBytes + slot * rowBytes }
}
