// Why a message could not be sent or understood.

package import Posix

package enum ChannelError: Error, Equatable, Sendable, CustomStringConvertible {
    case system(SystemError)
    /// The other process is gone.
    case closed
    /// The other process does not read: its queue is full.
    case full
    /// The bytes are not a message of this version.
    case malformed(String)
    case wrongDescriptorCount(expected: Int, found: Int)
    /// More than `ChannelLimits` allows.
    case tooLong(String)

    package var description: String {
        switch self {
        case .system(let error): error.description
        case .closed: "the channel is closed"
        case .full: "the channel's queue is full"
        case .malformed(let what): "malformed message: \(what)"
        case .wrongDescriptorCount(let expected, let found):
            "message with \(found) descriptors, expected \(expected)"
        case .tooLong(let what): "message too long: \(what)"
        }
    }
}
