// Frames of one direction of a connection, put together to messages and checked on the way.
// RFC 6455 section 5.4 (fragmentation), 5.5 (control frames), 8.1 (UTF-8); RFC 7692 section 6.
//
//     between messages --first frame, not final--> open --final frame--> between messages
//          |  ^                                     |  ^
//          +--+ single frame                        +--+ continuation
//     control frames stand anywhere between frames; behind a close frame nothing may follow.
//
// The reader forwards nothing and keeps no wire bytes: its caller does, by the offsets of each
// step. Payload is copied only where it has to be: to unmask, to inflate, to join.

package import Bytes

/// Reads one direction of a WebSocket connection.
///
/// Allocates only while a message spans calls, and for the decompressor from the first compressed
/// message on. After an error was thrown the reader must not be used again.
package struct MessageReader: ~Copyable {
    package typealias Sender = FrameSender

    /// What was found at the offset read from.
    package enum Step: Equatable {
        /// Input up to `end` was taken in and belongs to the message in progress. The bytes
        /// behind it, a cut header or control frame of at most 130 bytes, are to be presented
        /// again with more behind them.
        case needsMore(end: Int)
        /// Input up to `end` was taken in and belongs to the message in progress. A control frame
        /// stands there: read on at `end` at once.
        case fragment(end: Int)
        /// The control frame up to `end`, which may stand between two fragments of a message.
        case control(ControlFrame, end: Int)
        /// A data message ended at `end`. Its payload is valid until the scratch is used again
        /// and the input changes.
        case message(Message, end: Int)
    }

    /// Bytes that are unmasked, inflated and validated at a time, so that they stay in the cache.
    static var pieceBytes: Int { 16 << 10 }

    /// Take effect with the next frame.
    package var limits: MessageLimits
    /// Whether messages are handed out with their payload; takes effect with the next message.
    package var wantsPayload: Bool

    let sender: Sender
    let deflate: DeflateDirection?
    /// A close frame has been read; nothing may follow it.
    package internal(set) var hasReadClose = false

    // The frame in progress.
    var frameIsFinal = false
    var maskKey = MaskKey(word: 0)
    /// Payload of the frame that has not been seen; 0 between frames.
    var frameRemaining = 0

    // The message in progress.
    var opcode: MessageOpcode?
    var isCompressed = false
    var keepsPayload = false
    var text = UTF8Validator()
    var fragments: UInt32 = 0
    /// Inflated payload so far; of an uncompressed message what its headers have announced.
    var payloadBytes = 0
    /// Compressed payload that the headers have announced.
    var compressedBytes = 0
    var partial: PartialPayload?
    var inflater: Inflater?

    /// - Parameter deflate: How this direction is compressed; nil without permessage-deflate.
    /// - Parameter wantsPayload: Without it messages are only checked: binary ones are skipped,
    ///   text is validated and compressed messages are inflated piece by piece.
    package init(
        sender: Sender, limits: MessageLimits, deflate: DeflateDirection?, wantsPayload: Bool
    ) {
        self.sender = sender
        self.limits = limits
        self.deflate = deflate
        self.wantsPayload = wantsPayload
    }

    /// The kind of the message that has begun and not ended, from its first header on.
    package var openMessage: MessageOpcode? { opcode }

    /// Memory for the payload of a message that spans reads.
    package var partialBytes: Int { partial.map { $0.bytes.allocatedBytes } ?? 0 }

    /// Gives up the message in progress and what is kept for those to come; nothing may be read afterwards.
    package mutating func abandonMessage() {
        partial = nil
        inflater = nil
    }

    /// Memory that this reader holds beside itself, the decompressor's included.
    package var heldBytes: Int {
        var sum = partialBytes
        if inflater != nil, let deflate { sum += Inflater.heldBytes(windowBits: deflate.windowBits) }
        return sum
    }

    /// Reads on at `input[offset...]`.
    ///
    /// The wire bytes of this direction are presented once and in order, except for what
    /// `.needsMore` left behind.
    ///
    /// - Throws: ``FrameError`` as soon as the bytes present prove a violation.
    package mutating func read(
        _ input: ByteView, from offset: Int, scratch: inout MessageScratch
    ) throws(FrameError) -> Step {
        scratch.prepare()
        if hasReadClose {
            guard offset >= input.count else { throw .dataAfterClose }
            return .needsMore(end: offset)
        }
        var position = offset
        while true {
            if frameRemaining == 0 {
                guard let header = try FrameHeader.parse(input, at: position, rules: rules) else { break }
                if header.opcode.isControl {
                    guard input.count - position - header.headerBytes >= header.payloadBytes else { break }
                    guard position == offset else {
                        suspend(&scratch)
                        return .fragment(end: position)
                    }
                    return try readControl(header, input, at: position, &scratch)
                }
                position += header.headerBytes
                try begin(header)
                let isWhole = input.count - position >= header.payloadBytes
                if isWhole, header.isFinal, fragments == 1, !isCompressed {
                    let payload = input[position..<(position + header.payloadBytes)]
                    return try readSingle(payload, end: position + header.payloadBytes, &scratch)
                }
                if !isWhole { suspend(&scratch, evenIfEmpty: true) }
            }
            let taken = min(frameRemaining, input.count - position)
            try take(input[position..<(position + taken)], &scratch)
            position += taken
            guard frameRemaining == 0 else { break }
            if frameIsFinal { return try finish(end: position, &scratch) }
        }
        suspend(&scratch)
        return .needsMore(end: position)
    }

    private var rules: FrameRules {
        FrameRules(
            sender: sender, mayCompress: deflate != nil, isMessageOpen: opcode != nil,
            maxPayloadBytes: limits.maxFrameBytes)
    }
}
