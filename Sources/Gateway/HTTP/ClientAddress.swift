// Who is at the other end of a client's connection, as text for rules, logs and header fields.

internal import Bytes
internal import Posix
internal import RuleStore

/// The addresses of one accepted connection, formatted once.
struct ClientAddress {
    /// `192.0.2.1`, `2001:db8::1`, or `unix:`.
    let remoteAddress: [UInt8]
    let remotePort: Int
    let localAddress: [UInt8]
    let localPort: Int
    /// The `listen` address that it came in by; a wildcard stays one.
    let listener: ListenAddress

    init(peer: SocketAddress, local: SocketAddress?, listener: ListenAddress) {
        remoteAddress = Array(peer.hostText.utf8)
        remotePort = Int(peer.port)
        localAddress = Array((local?.hostText ?? "").utf8)
        localPort = Int(local?.port ?? 0)
        self.listener = listener
    }
}
