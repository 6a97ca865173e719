// Why a dictionary can not be made, mapped or restored.

package import Posix

package enum TableError: Error, Equatable, Sendable {
    case system(SystemError)
    case wrongWriterCount(Int, limit: Int)
    case wrongSize(bytes: Int, smallest: Int, largest: Int)
    case noSuchWriter(Int, count: Int)
    /// The file could shrink under those who have mapped it.
    case unsealed
    /// The file does not begin with a dictionary's magic, or another build has laid it out.
    case notADictionary
    case wrongFileLength(found: Int, expected: Int)
    /// A saved dictionary that does not hold what it says.
    case malformedImage(String)
    case imageVersion(found: UInt32, expected: UInt32)
}

extension TableError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .system(let error): "shared dictionary: \(error)"
        case .wrongWriterCount(let count, let limit):
            "shared dictionary: \(count) writers, 1 to \(limit) are possible"
        case .wrongSize(let bytes, let smallest, let largest):
            "shared dictionary: \(bytes) bytes, \(smallest) to \(largest) are possible"
        case .noSuchWriter(let writer, let count):
            "shared dictionary: no writer \(writer), it has \(count)"
        case .unsealed: "shared dictionary: its size is not sealed"
        case .notADictionary: "shared dictionary: not one that this program has made"
        case .wrongFileLength(let found, let expected):
            "shared dictionary: \(found) bytes, \(expected) expected"
        case .malformedImage(let reason): "saved dictionary: \(reason)"
        case .imageVersion(let found, let expected):
            "saved dictionary: it has format \(found), this program reads format \(expected)"
        }
    }
}
