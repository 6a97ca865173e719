// The forms of WebSocket messages that are taken apart before inspection.

/// What a message is made of. One file for each says what is well-formed.
package enum MessageFormat: Equatable, Sendable, CaseIterable {
    /// Anything; never malformed.
    case text
    /// RFC 8259.
    case json
    /// JSON-RPC 2.0.
    case jsonRPC
    /// graphql-transport-ws, and graphql-ws before it.
    case graphQL
    /// Socket.IO 5 (and 4) over Engine.IO 4 (and 3).
    case socketIO
    /// STOMP 1.0 to 1.2.
    case stomp
    /// SignalR's JSON hub protocol.
    case signalR

    package var name: StaticString {
        switch self {
        case .text: "text"
        case .json: "json"
        case .jsonRPC: "jsonrpc"
        case .graphQL: "graphql"
        case .socketIO: "socketio"
        case .stomp: "stomp"
        case .signalR: "signalr"
        }
    }
}

/// Which end a message comes from: some formats allow each its own messages.
package enum MessageSender: Equatable, Sendable {
    case client, server
}
