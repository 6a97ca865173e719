// Positive rules on the handshake itself.

/// What a handshake has broken. It is answered 403.
enum HandshakeViolation: Equatable, CustomStringConvertible {
    /// Not one of `waf_websocket_origins`.
    case origin
    /// None of `waf_websocket_subprotocols`.
    case subprotocol

    /// The number in the log's line; once given, it stays.
    var id: Int {
        switch self {
        case .origin: 450_030
        case .subprotocol: 450_031
        }
    }

    var description: String {
        switch self {
        case .origin: "origin is not accepted"
        case .subprotocol: "no subprotocol that is accepted"
        }
    }
}
