// What a reader of frames hands out.

package import Bytes

/// A whole data message.
package struct Message: Equatable, Sendable {
    package var opcode: MessageOpcode
    /// Unmasked and inflated; empty when the reader was told not to provide it.
    package var payload: ByteView
    /// Frames it came in, at least one.
    package var fragments: Int
    package var isCompressed: Bool
    /// Length of the payload, inflated, also when `payload` is not provided.
    package var payloadBytes: Int
}

/// A whole control frame.
package struct ControlFrame: Equatable, Sendable {
    package var opcode: ControlOpcode
    /// Unmasked; of a close frame the body, code included.
    package var payload: ByteView
    /// The code of a close frame, allowed on the wire; nil when it has no body.
    package var closeCode: UInt16?

    /// The reason in a close frame: UTF-8, empty when there is none.
    package var closeReason: ByteView { closeCode == nil ? .empty : payload[2...] }
}
