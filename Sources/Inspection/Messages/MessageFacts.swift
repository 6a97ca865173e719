// One WebSocket message as the rules are told of it.

package import BodyFormats
package import Bytes

/// A whole message, unmasked and inflated. The bytes stay the caller's.
package struct MessageFacts: Sendable {
    package enum Opcode: UInt8, Sendable {
        /// RFC 6455 section 11.8.
        case text = 1
        case binary = 2
    }
    package enum Direction: Sendable {
        /// Sent by the client: judged by rules of phase 2.
        case client
        /// Sent by the server: judged by rules of phase 4.
        case server
    }

    package var opcode: Opcode
    package var direction: Direction
    /// Messages of that direction before this one.
    package var index: Int
    package var payload: ByteView
    /// Frames that the message came in.
    package var fragments: Int
    package var isCompressed: Bool
    /// As agreed in the handshake; empty without one.
    package var subprotocol: ByteView
    /// How the message is read; nil: by what it looks like.
    package var format: MessageFormat?

    package init(
        opcode: Opcode, direction: Direction, index: Int, payload: ByteView, fragments: Int,
        isCompressed: Bool, subprotocol: ByteView, format: MessageFormat? = nil
    ) {
        self.opcode = opcode
        self.direction = direction
        self.index = index
        self.payload = payload
        self.fragments = fragments
        self.isCompressed = isCompressed
        self.subprotocol = subprotocol
        self.format = format
    }
}
