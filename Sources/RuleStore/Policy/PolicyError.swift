// Why a policy blob is refused.

/// A blob that is no policy, or a damaged one. Offsets are bytes from the start of the blob.
package enum PolicyError: Error, Equatable, Sendable {
    /// The first word is not the policy's magic number.
    case notAPolicy
    /// Written by another version of the program.
    case version(found: UInt32, expected: UInt32)
    /// The blob ends inside a value, or a length names more bytes than are left.
    case truncated(offset: Int)
    /// A number, tag or text that no encoder writes.
    case badValue(field: String, offset: Int)
    /// An index that names no server, upstream or rule set.
    case danglingIndex(field: String, index: Int, count: Int)
    /// Bytes behind the last field.
    case trailingBytes(count: Int)
}

extension PolicyError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notAPolicy: "the blob is not a policy"
        case .version(let found, let expected): "policy version \(found), expected \(expected)"
        case .truncated(let offset): "the policy is cut short at byte \(offset)"
        case .badValue(let field, let offset): "bad value of \(field) at byte \(offset) of the policy"
        case .danglingIndex(let field, let index, let count): "\(field) is \(index), but there are \(count)"
        case .trailingBytes(let count): "\(count) bytes behind the policy"
        }
    }
}
