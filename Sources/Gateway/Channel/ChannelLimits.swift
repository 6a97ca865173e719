// Bounds of what goes over a channel.

internal import Posix
internal import SharedDictionary

package enum ChannelLimits {
    /// Bytes of one message. Well below half of a socket's buffer, where the kernel would start
    /// to split it.
    package static let messageBytes = 64 << 10
    /// Addresses of one `listeners` or `retire`: each brings a descriptor.
    package static let addresses = PacketSocket.maxDescriptors
    /// Shared dictionaries, and the bytes of a name.
    package static let dictionaries = TableLimits.dictionaries
    package static let dictionaryNameBytes = TableLimits.dictionaryNameBytes
    /// Bytes of a key that the master bans: a line of the control socket.
    package static let banKeyBytes = 4_096
    /// Bytes of an address's host: `unix:` and the longest path of a unix socket (unix(7)).
    package static let hostBytes = 5 + 107
    /// Bytes of a refusal's reason; the rest is cut off by the sender.
    package static let reasonBytes = 4_096
}
