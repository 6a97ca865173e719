// Frames this program makes itself: close frames mostly. RFC 6455 section 5.2 and 5.5.

package import Bytes

/// Encodes frames into a buffer.
package enum FrameWriter {
    /// Longest reason that fits into a close frame beside its code.
    package static var maxCloseReasonBytes: Int { FrameHeader.maxControlPayloadBytes - 2 }

    /// Appends one frame.
    ///
    /// - Parameter mask: The key of a client's frame, unpredictable to the application's peer
    ///   (RFC 6455 section 5.3); nil for a server's.
    package static func append(
        _ opcode: Opcode, payload: ByteView, isFinal: Bool = true, isCompressed: Bool = false,
        mask: MaskKey?, to output: inout ByteBuffer
    ) {
        precondition(
            !opcode.isControl || (isFinal && payload.count <= FrameHeader.maxControlPayloadBytes),
            "a control frame is one frame of at most 125 bytes")
        output.reserve(FrameHeader.maxBytes + payload.count)
        output.append((isFinal ? 0x80 : 0) | (isCompressed ? 0x40 : 0) | opcode.rawValue)
        let maskBit: UInt8 = mask == nil ? 0 : 0x80
        switch payload.count {
        case ..<126:
            output.append(maskBit | UInt8(payload.count))
        case ..<65_536:
            output.append(maskBit | 126)
            appendBigEndian(UInt64(payload.count), bytes: 2, to: &output)
        default:
            output.append(maskBit | 127)
            appendBigEndian(UInt64(payload.count), bytes: 8, to: &output)
        }
        if let mask {
            appendBigEndian(UInt64(mask.word.byteSwapped), bytes: 4, to: &output)
            output.append(payload, maskedBy: mask)
        } else {
            output.append(payload)
        }
    }

    /// Appends a close frame. A reason that does not fit is cut between two characters.
    ///
    /// - Parameter code: nil for a close frame without a body; else one that
    ///   ``CloseCode/isAllowedOnWire(_:)``.
    package static func appendClose(
        code: UInt16?, reason: ByteView = .empty, mask: MaskKey?, to output: inout ByteBuffer
    ) {
        guard let code else {
            append(.close, payload: .empty, mask: mask, to: &output)
            return
        }
        precondition(CloseCode.isAllowedOnWire(code), "this code must not stand in a close frame")
        var body = ByteBuffer(reserving: FrameHeader.maxControlPayloadBytes)
        appendBigEndian(UInt64(code), bytes: 2, to: &body)
        body.append(reason[..<reasonBytes(reason)])
        append(.close, payload: body.view, mask: mask, to: &output)
    }

    /// How much of `reason` is sent: never a part of a character.
    private static func reasonBytes(_ reason: ByteView) -> Int {
        var length = min(reason.count, maxCloseReasonBytes)
        guard length < reason.count else { return length }
        while length > 0, reason[length] & 0xC0 == 0x80 { length -= 1 }
        return length
    }

    private static func appendBigEndian(_ number: UInt64, bytes: Int, to output: inout ByteBuffer) {
        for shift in stride(from: (bytes - 1) * 8, through: 0, by: -8) {
            output.append(UInt8(truncatingIfNeeded: number >> UInt64(shift)))
        }
    }
}
