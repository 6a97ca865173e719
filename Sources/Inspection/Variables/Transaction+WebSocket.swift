// WS_*: what a message is apart from its text.

internal import Bytes
internal import RuleStore

extension Transaction {
    /// nil outside messages. WS_OPCODE is the number of RFC 6455 section 11.8, WS_DIRECTION names the
    /// sender.
    func webSocketScalar(_ variable: VariableName) -> ByteView? {
        guard let message else { return nil }
        return switch variable {
        case .webSocketMessage: message.payload
        case .webSocketOpcode: number(Int(message.opcode.rawValue))
        case .webSocketDirection:
            switch message.direction {
            case .client: ByteView("client")
            case .server: ByteView("server")
            }
        case .webSocketMessageIndex: number(message.index)
        case .webSocketMessageLength: number(message.payload.count)
        case .webSocketSubprotocol: message.subprotocol
        case .webSocketFragments: number(message.fragments)
        case .webSocketCompressed: number(message.isCompressed ? 1 : 0)
        default: nil
        }
    }
}
