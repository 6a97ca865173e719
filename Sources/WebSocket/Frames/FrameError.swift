// Why a stream of frames is refused. RFC 6455 section 5 and 7.4, RFC 7692 section 6.

/// A violation that ends the connection. ``closeCode`` is what its sender is told.
package enum FrameError: Error, Equatable, Sendable {
    /// RSV2 or RSV3 set, or RSV1 where no compressed message can begin (RFC 6455 section 5.2).
    case reservedBitSet(byte: UInt8)
    case reservedOpcode(UInt8)
    case controlFrameFragmented
    case controlFrameTooLong(payloadBytes: Int)
    /// A client's frame without a mask (RFC 6455 section 5.1).
    case frameNotMasked
    /// A server's frame with a mask (RFC 6455 section 5.1).
    case frameMasked
    /// More length bytes than the length needs (RFC 6455 section 5.2).
    case lengthNotMinimal
    /// The top bit of a 64-bit length is set (RFC 6455 section 5.2).
    case lengthAbove63Bits
    /// A continuation frame with nothing to continue (RFC 6455 section 5.4).
    case nothingToContinue
    /// A text or binary frame while a message is still incomplete (RFC 6455 section 5.4).
    case messageIncomplete
    /// A close frame of one byte: half a status code (RFC 6455 section 5.5.1).
    case closeCodeCut
    case closeCodeNotAllowed(UInt16)
    /// Anything behind a close frame. It is to be discarded, not answered (RFC 6455 section 1.4).
    case dataAfterClose
    /// A text message or close reason that is not UTF-8 (RFC 6455 section 8.1).
    case textNotUTF8
    /// Bytes that are no DEFLATE data.
    case compressionInvalid
    /// A compressed message that ends inside a block (RFC 7692 section 7.2.2).
    case compressionCut
    case compressionRatioTooHigh(limit: Int)
    case frameTooLong(payloadBytes: Int, limitBytes: Int)
    /// The message is longer than `limitBytes`, after inflating when it is compressed.
    case messageTooLong(limitBytes: Int)
    case tooManyFragments(limit: Int)

    package var closeCode: UInt16 {
        switch self {
        case .reservedBitSet, .reservedOpcode, .controlFrameFragmented, .controlFrameTooLong,
            .frameNotMasked, .frameMasked, .lengthNotMinimal, .lengthAbove63Bits,
            .nothingToContinue, .messageIncomplete, .closeCodeCut, .closeCodeNotAllowed,
            .dataAfterClose:
            CloseCode.protocolError
        case .textNotUTF8, .compressionInvalid, .compressionCut:
            CloseCode.invalidPayload
        case .compressionRatioTooHigh, .frameTooLong, .messageTooLong, .tooManyFragments:
            CloseCode.messageTooBig
        }
    }
}
