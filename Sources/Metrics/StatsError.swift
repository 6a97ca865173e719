// Why a slab of counters can not be made or mapped.

package import Posix

package enum StatsError: Error, Equatable, Sendable {
    case system(SystemError)
    case wrongRowCount(Int, limit: Int)
    /// The file does not begin with the slab's magic.
    case notAStatsSlab
    /// A file that another build of the program laid out.
    case layoutMismatch(field: String, found: UInt64, expected: UInt64)
    case wrongFileLength(found: Int, expected: Int)
    /// The file could shrink under its readers.
    case unsealed
    case noSuchRow(Int, rowCount: Int)
}

extension StatsError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .system(let error): "stats slab: \(error)"
        case .wrongRowCount(let count, let limit): "stats slab: \(count) rows, 1 to \(limit) are possible"
        case .notAStatsSlab: "stats slab: not one"
        case .layoutMismatch(let field, let found, let expected):
            "stats slab: \(field) is \(found), this program has \(expected)"
        case .wrongFileLength(let found, let expected): "stats slab: \(found) bytes, \(expected) expected"
        case .unsealed: "stats slab: its size is not sealed"
        case .noSuchRow(let row, let count): "stats slab: no row \(row), it has \(count)"
        }
    }
}
