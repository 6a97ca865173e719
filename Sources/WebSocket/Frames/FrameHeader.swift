// The fixed part of a WebSocket frame: how it is read and what makes it illegal.
// RFC 6455 section 5.2 (layout), 5.4 (fragmentation), 5.5 (control frames).
//
//     byte 0   FIN RSV1 RSV2 RSV3 opcode(4)
//     byte 1   MASK length(7): 126 and 127 say that 2 or 8 bytes of length follow
//     then     the longer length, big endian; then 4 bytes of masking key if MASK is set

package import Bytes

/// Which end a stream of frames comes from; it decides whether they are masked.
package enum FrameSender: Equatable, Sendable {
    /// Every frame is masked.
    case client
    /// No frame is masked.
    case server
}

/// What the connection and the frames before allow the next frame to be.
package struct FrameRules: Equatable, Sendable {
    package var sender: FrameSender
    /// Whether permessage-deflate was negotiated: RSV1 may then open a message.
    package var mayCompress: Bool
    /// Whether a message is incomplete: it must be continued before another begins.
    package var isMessageOpen: Bool
    /// Largest payload of a data frame.
    package var maxPayloadBytes: Int

    package init(sender: FrameSender, mayCompress: Bool, isMessageOpen: Bool, maxPayloadBytes: Int) {
        self.sender = sender
        self.mayCompress = mayCompress
        self.isMessageOpen = isMessageOpen
        self.maxPayloadBytes = maxPayloadBytes
    }
}

/// The decoded header of a frame that obeys its ``FrameRules``.
package struct FrameHeader: Equatable, Sendable {
    /// Longest header on the wire.
    package static var maxBytes: Int { 14 }
    /// Longest payload of a control frame (RFC 6455 section 5.5).
    package static var maxControlPayloadBytes: Int { 125 }

    package var opcode: Opcode
    package var isFinal: Bool
    /// RSV1 of a message's first frame: the message is compressed (RFC 7692 section 6).
    package var isCompressed: Bool
    /// The key of a client's frame; zero, which changes nothing, for a server's.
    package var maskKey: MaskKey
    package var payloadBytes: Int
    /// Size of the header itself.
    package var headerBytes: Int

    /// Reads the header that begins at `offset`.
    ///
    /// - Returns: nil when `bytes` ends inside the header.
    /// - Throws: ``FrameError`` as soon as the bytes present prove the frame illegal; a length
    ///   is judged once all its bytes are there.
    package static func parse(
        _ bytes: ByteView, at offset: Int = 0, rules: FrameRules
    ) throws(FrameError) -> FrameHeader? {
        let available = bytes.count - offset
        guard available > 0 else { return nil }
        let opcode = try checkFirst(bytes[offset], rules)
        guard available > 1 else { return nil }
        let second = bytes[offset + 1]
        let isMasked = second & 0x80 != 0
        guard isMasked == (rules.sender == .client) else {
            throw isMasked ? .frameMasked : .frameNotMasked
        }
        let shortLength = Int(second & 0x7F)
        if opcode.isControl {
            guard shortLength <= maxControlPayloadBytes else {
                throw .controlFrameTooLong(payloadBytes: shortLength)
            }
            if opcode == .close, shortLength == 1 { throw .closeCodeCut }
        }
        let lengthBytes = shortLength < 126 ? 0 : shortLength == 126 ? 2 : 8
        guard let payloadBytes = try length(shortLength, bytes, at: offset + 2, lengthBytes) else {
            return nil
        }
        if !opcode.isControl, payloadBytes > rules.maxPayloadBytes {
            throw .frameTooLong(payloadBytes: payloadBytes, limitBytes: rules.maxPayloadBytes)
        }
        let headerBytes = 2 + lengthBytes + (isMasked ? 4 : 0)
        guard available >= headerBytes else { return nil }
        let key = isMasked ? bytes.loadUInt32(at: offset + headerBytes - 4) : 0
        let first = bytes[offset]
        return FrameHeader(
            opcode: opcode, isFinal: first & 0x80 != 0, isCompressed: first & 0x40 != 0,
            maskKey: MaskKey(word: key), payloadBytes: payloadBytes, headerBytes: headerBytes)
    }

    /// The opcode, once the first byte has been found legal here.
    private static func checkFirst(_ first: UInt8, _ rules: FrameRules) throws(FrameError) -> Opcode {
        guard let opcode = Opcode(rawValue: first & 0x0F) else { throw .reservedOpcode(first & 0x0F) }
        if first & 0x70 != 0 {
            let mayBeCompressed = rules.mayCompress && (opcode == .text || opcode == .binary)
            guard first & 0x30 == 0, mayBeCompressed else { throw .reservedBitSet(byte: first) }
        }
        switch opcode {
        case .continuation: if !rules.isMessageOpen { throw .nothingToContinue }
        case .text, .binary: if rules.isMessageOpen { throw .messageIncomplete }
        case .close, .ping, .pong: if first & 0x80 == 0 { throw .controlFrameFragmented }
        }
        return opcode
    }

    /// The payload's length, nil when its bytes are not all there.
    private static func length(
        _ shortLength: Int, _ bytes: ByteView, at offset: Int, _ lengthBytes: Int
    ) throws(FrameError) -> Int? {
        guard lengthBytes > 0 else { return shortLength }
        if lengthBytes == 8, offset < bytes.count, bytes[offset] & 0x80 != 0 { throw .lengthAbove63Bits }
        guard bytes.count - offset >= lengthBytes else { return nil }
        let length =
            lengthBytes == 2
            ? Int(bytes.loadUInt16(at: offset).byteSwapped)
            : Int(bytes.loadUInt64(at: offset).byteSwapped)
        guard length >= (lengthBytes == 2 ? 126 : 65_536) else { throw .lengthNotMinimal }
        return length
    }
}
