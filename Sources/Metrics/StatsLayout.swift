// How the slab of counters lies in its memory file.
//
//     page 0 ............ magic, layout version, counters a row, rows, bytes a row, fingerprint
//     page 1 and on ..... one row a worker slot: header cells, then a cell per counter
//
// All cells are 64-bit, native byte order: the file never leaves the machine. A row has pages of
// its own, so that a worker can write to no other row through its map.

internal import Posix

/// Places in the slab.
package enum StatsLayout {
    /// "WAFDSTAT".
    package static let magic: UInt64 = 0x5441_5453_4446_4157
    /// Raised when the header or the row's header changes.
    package static let version: UInt64 = 1

    /// Cells of page 0.
    enum HeaderCell: Int, CaseIterable {
        case magic = 0, version, counterCount, rowCount, rowBytes, fingerprint
    }

    /// Cells in front of a row's counters.
    enum RowCell: Int {
        /// 0: no process has the row.
        case processID = 0
        /// Milliseconds since 1970 at which the process took the row.
        case startUnixMilliseconds
        /// How many processes have had the row.
        case processCount
    }

    package static let cellsPerRow = Counter.firstCell + Counter.allCases.count
    /// Worker slots that a slab may have.
    package static let maxRows = 1_024

    package static func rowBytes(pageBytes: Int) -> Int {
        (cellsPerRow * 8 + pageBytes - 1) / pageBytes * pageBytes
    }
}
