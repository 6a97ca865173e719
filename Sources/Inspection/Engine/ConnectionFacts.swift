// What is known of a connection before its first request.

package import Bytes

/// The ends of a connection as rules see them. The bytes are copied when a transaction begins.
package struct ConnectionFacts: Sendable {
    /// Textual address, without port or brackets.
    package var remoteAddress: ByteView
    package var remotePort: Int
    package var serverAddress: ByteView
    package var serverPort: Int
    /// The server's name: that of the request's host, or of the configuration.
    package var serverName: ByteView
    /// Names the transaction in logs; differs for each.
    package var uniqueID: ByteView

    package init(
        remoteAddress: ByteView, remotePort: Int, serverAddress: ByteView, serverPort: Int,
        serverName: ByteView, uniqueID: ByteView
    ) {
        self.remoteAddress = remoteAddress
        self.remotePort = remotePort
        self.serverAddress = serverAddress
        self.serverPort = serverPort
        self.serverName = serverName
        self.uniqueID = uniqueID
    }

    static var none: ConnectionFacts {
        ConnectionFacts(
            remoteAddress: .empty, remotePort: 0, serverAddress: .empty, serverPort: 0,
            serverName: .empty, uniqueID: .empty)
    }

    /// The same facts with their bytes in `arena`.
    func copied(to arena: Arena) -> ConnectionFacts {
        ConnectionFacts(
            remoteAddress: arena.copy(remoteAddress), remotePort: remotePort,
            serverAddress: arena.copy(serverAddress), serverPort: serverPort,
            serverName: arena.copy(serverName), uniqueID: arena.copy(uniqueID))
    }
}
