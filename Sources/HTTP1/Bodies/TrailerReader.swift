// The trailer section: RFC 9112 section 7.1.2.

internal import Bytes

/// Checks the field lines behind the last chunk byte by byte; they are dropped, as a recipient may.
struct TrailerReader: Sendable {
    private enum State { case lineStart, name, value, lineEnd, lastLineEnd }

    private let limit: Int
    private var state = State.lineStart
    private var bytes = 0

    init(limit: Int) { self.limit = limit }

    /// - Returns: True with the line feed of the empty line that ends the body.
    mutating func receive(_ byte: UInt8) throws(HTTP1Error) -> Bool {
        switch state {
        case .lastLineEnd:
            guard byte == ASCII.lineFeed else { throw .bareCarriageReturn }
            return true
        case .lineStart where byte == ASCII.carriageReturn:
            state = .lastLineEnd
            return false
        case .lineStart, .name, .value, .lineEnd:
            guard bytes < limit else { throw .trailerTooLong(limit: limit) }
            bytes += 1
            try receiveInLine(byte)
            return false
        }
    }

    private mutating func receiveInLine(_ byte: UInt8) throws(HTTP1Error) {
        if state == .lineEnd {
            guard byte == ASCII.lineFeed else { throw .bareCarriageReturn }
            state = .lineStart
            return
        }
        if byte == ASCII.lineFeed { throw .bareLineFeed }
        if state == .value {
            if byte == ASCII.carriageReturn {
                state = .lineEnd
            } else if OctetScan.isControl(byte) {
                throw .controlInFieldValue(byte: byte)
            }
            return
        }
        if ASCII.isToken(byte) {
            state = .name
            return
        }
        let isFirst = state == .lineStart
        switch byte {
        case ASCII.byte(":"):
            guard !isFirst else { throw .emptyFieldName }
            state = .value
        case ASCII.carriageReturn: throw .missingColon
        case ASCII.space, ASCII.tab: throw isFirst ? .obsoleteFold : .blankInFieldName
        default: throw .invalidFieldName(byte: byte)
        }
    }
}
