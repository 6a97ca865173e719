// Who is at the other end of a client's connection, as text for rules, logs and header fields.

internal import Bytes
internal import Inspection
internal import Posix
internal import RuleStore

/// The addresses of one accepted connection, formatted once.
struct ClientAddress {
    /// `192.0.2.1`, `2001:db8::1`, or `unix:`.
    let remoteAddress: ByteText
    let remotePort: Int
    let localAddress: ByteText
    let localPort: Int
    /// The `listen` address that it came in by; a wildcard stays one.
    let listener: ListenAddress

    init(peer: SocketAddress, local: SocketAddress?, listener: ListenAddress) {
        remoteAddress = ByteText(peer.hostText)
        remotePort = Int(peer.port)
        localAddress = ByteText(local?.hostText ?? "")
        localPort = Int(local?.port ?? 0)
        self.listener = listener
    }

    /// The facts for a transaction, valid during the call.
    func withFacts(serverName: ByteView, uniqueID: ByteView, _ body: (ConnectionFacts) -> Void) {
        body(
            ConnectionFacts(
                remoteAddress: remoteAddress.view, remotePort: remotePort, serverAddress: localAddress.view,
                serverPort: localPort, serverName: serverName, uniqueID: uniqueID))
    }
}
