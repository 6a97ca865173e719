// How a connection's messages look, as far as its handshake tells.

internal import BodyFormats
internal import Bytes
internal import RuleStore

/// What the handshake has declared about the messages that follow it.
enum DeclaredFormat: Equatable {
    case nothing
    /// By the subprotocol that both ends have agreed on.
    case subprotocol(MessageFormat)
    /// The target is Engine.IO's: Socket.IO mostly, but nobody has said so.
    case engineIO

    init(subprotocol: ByteView, target: ByteView) {
        if let format = Subprotocol.format(subprotocol) {
            self = .subprotocol(format)
        } else {
            self = Subprotocol.isEngineIO(target: target) ? .engineIO : .nothing
        }
    }

    /// - Returns: The format, nil where each message is looked at; and whether a message that is not
    ///   of it is a violation.
    func reading(under policy: MessagePolicy.Format) -> (format: MessageFormat?, isBinding: Bool) {
        switch policy {
        case .auto:
            switch self {
            case .nothing: (nil, false)
            case .subprotocol(let format): (format, true)
            case .engineIO: (.socketIO, false)
            }
        case .text: (.text, false)
        case .json: (.json, true)
        case .jsonRPC: (.jsonRPC, true)
        case .graphQL: (.graphQL, true)
        case .socketIO: (.socketIO, true)
        case .stomp: (.stomp, true)
        case .signalR: (.signalR, true)
        }
    }
}
