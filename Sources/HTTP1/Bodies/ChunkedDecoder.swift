// The chunked transfer coding, read in place: RFC 9112 section 7.1.

package import Bytes

/// Takes the content out of a chunked body, in whatever pieces it arrives.
///
///     size --;--> extension --+
///      |                      |
///      +---------CR-----------+--> sizeEnd --LF--> data --> dataCR --> dataLF --> firstDigit
///                                     |
///                                     +-- size 0 --> trailer --CRLF--> done
///
/// Extensions and trailers are checked against their grammar and dropped (sections 7.1.1, 7.1.2):
/// what is forwarded is written anew. No blank is let through before or behind a size, where
/// implementations are known to differ.
package struct ChunkedDecoder: Sendable {
    private enum State {
        case firstDigit, size, `extension`, sizeEnd, data, dataCR, dataLF, trailer, done
    }

    private let maxLineBytes: Int
    private let maxExtensionBytes: Int
    private var state = State.firstDigit
    /// Of the current chunk: its size while that is read, then what is still to come.
    private var remaining = 0
    private var lineBytes = 0
    private var extensionBytes = 0
    private var extensions = ChunkExtensionReader()
    private var trailer: TrailerReader

    package init(limits: HTTPLimits) {
        maxLineBytes = limits.maxChunkLineBytes
        maxExtensionBytes = limits.maxChunkExtensionBytes
        trailer = TrailerReader(limit: limits.maxTrailerBytes)
    }

    package var isComplete: Bool { state == .done }

    /// Decodes from `start` on.
    package mutating func decode(_ input: ByteView, from start: Int) throws(HTTP1Error) -> BodyStep {
        precondition(start >= 0 && start <= input.count, "start outside the input")
        var position = start
        while state != .done, position < input.count {
            if state == .data {
                let end = position + min(remaining, input.count - position)
                remaining -= end - position
                if remaining == 0 { state = .dataCR }
                return .data(position..<end)
            }
            try receive(input[position])
            position += 1
        }
        return state == .done ? .end(consumedTo: position) : .needsMore
    }

    private mutating func receive(_ byte: UInt8) throws(HTTP1Error) {
        switch state {
        case .firstDigit, .size: try receiveInSize(byte)
        case .extension: try receiveInExtension(byte)
        case .sizeEnd:
            guard byte == ASCII.lineFeed else { throw .bareCarriageReturn }
            state = remaining == 0 ? .trailer : .data
        case .dataCR:
            guard byte == ASCII.carriageReturn else { throw .missingChunkEnd }
            state = .dataLF
        case .dataLF:
            guard byte == ASCII.lineFeed else { throw .missingChunkEnd }
            state = .firstDigit
            lineBytes = 0
        case .trailer:
            if try trailer.receive(byte) { state = .done }
        case .data, .done:
            preconditionFailure("content is not read byte by byte")
        }
    }

    private mutating func receiveInSize(_ byte: UInt8) throws(HTTP1Error) {
        if let digit = ASCII.hexValue(byte) {
            try countLineByte()
            guard remaining <= Int.max >> 4 else { throw .chunkSizeOverflow }
            remaining = remaining << 4 | Int(digit)
            state = .size
            return
        }
        if byte == ASCII.lineFeed { throw .bareLineFeed }
        guard state == .size else { throw .invalidChunkSize }
        switch byte {
        case ASCII.carriageReturn: state = .sizeEnd
        case ASCII.byte(";"):
            try countLineByte()
            try countExtensionByte()
            extensions = ChunkExtensionReader()
            state = .extension
        default: throw .invalidChunkSize
        }
    }

    private mutating func receiveInExtension(_ byte: UInt8) throws(HTTP1Error) {
        switch byte {
        case ASCII.lineFeed: throw .bareLineFeed
        case ASCII.carriageReturn:
            guard extensions.mayEnd else { throw .invalidChunkExtension }
            state = .sizeEnd
        default:
            try countLineByte()
            try countExtensionByte()
            try extensions.receive(byte)
        }
    }

    private mutating func countLineByte() throws(HTTP1Error) {
        guard lineBytes < maxLineBytes else { throw .chunkLineTooLong(limit: maxLineBytes) }
        lineBytes += 1
    }

    /// Counted over the whole body: one byte of content a chunk, each with extensions up to the
    /// limit of a line, would make the peer's work a thousandth of ours.
    private mutating func countExtensionByte() throws(HTTP1Error) {
        guard extensionBytes < maxExtensionBytes else {
            throw .chunkExtensionsTooLong(limit: maxExtensionBytes)
        }
        extensionBytes += 1
    }
}
