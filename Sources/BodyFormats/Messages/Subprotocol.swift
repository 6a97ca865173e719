// Which format a subprotocol stands for (the IANA registry of WebSocket subprotocol names).

package import Bytes

package enum Subprotocol {
    /// The format that a connection has declared by its subprotocol; nil for one that says nothing
    /// of how its messages look.
    package static func format(_ name: ByteView) -> MessageFormat? {
        for (known, format) in formats where name.equalsIgnoringASCIICase(known) { return format }
        // Versions of the Open Charge Point Protocol: JSON arrays.
        if name.count > 4, name[..<4].equalsIgnoringASCIICase("ocpp") { return .json }
        return nil
    }

    private static let formats: [(StaticString, MessageFormat)] = [
        ("json", .json), ("wamp.2.json", .json), ("jsonrpc", .jsonRPC), ("jsonrpc2", .jsonRPC),
        ("jsonrpc-2.0", .jsonRPC), ("json-rpc", .jsonRPC), ("graphql-transport-ws", .graphQL),
        ("graphql-ws", .graphQL), ("stomp", .stomp), ("v10.stomp", .stomp), ("v11.stomp", .stomp),
        ("v12.stomp", .stomp),
    ]

    /// Whether a handshake's target is Engine.IO's: `EIO=` and `transport=websocket` in its query.
    package static func isEngineIO(target: ByteView) -> Bool {
        guard let query = target.firstIndex(of: ASCII.byte("?")) else { return false }
        let rest = target[query...]
        return rest.firstRange(of: ByteView("EIO=")) != nil
            && rest.firstRange(of: ByteView("transport=websocket")) != nil
    }
}
