// A connection to an upstream server: connecting, carrying an exchange, or idle in the pool.

internal import Bytes
internal import Transport

/// Where a request's answer will come from.
struct UpstreamServer: Equatable {
    /// Index of the upstream within its generation; nil: an address that came from variables,
    /// whose connections are not kept.
    var upstream: Int?
    /// Index of the server within the upstream.
    var server: Int
}

/// One connection to an upstream server. Lives in the worker's table; its events go to the
/// exchange that owns it, and an idle one that becomes readable is closed.
final class UpstreamConnection {
    let origin: UpstreamServer
    /// The generation's upstreams that it counts for and returns to.
    let set: UpstreamSet
    var handle = SlotHandle(index: 0, generation: 0)
    /// nil once a tunnel has taken it over.
    var stream: SocketStream?
    /// The exchange whose turn it is; nil while idle.
    var exchange: Exchange?
    /// The inquiry whose turn it is instead.
    var inquiry: Inquiry?
    var isConnecting: Bool
    /// Whether an earlier request was answered on it: such a connection may turn out to be closed.
    var isReused = false

    init(origin: UpstreamServer, set: UpstreamSet, isConnecting: Bool) {
        self.origin = origin
        self.set = set
        self.isConnecting = isConnecting
    }
}
