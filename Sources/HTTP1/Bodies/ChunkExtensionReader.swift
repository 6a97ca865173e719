// Chunk extensions: RFC 9112 section 7.1.1.

internal import Bytes

/// Checks `name [ "=" ( token / quoted-string ) ] *( ";" ... )` byte by byte, from behind the first
/// semicolon. Blanks are let through around `;` and `=`, but not at the end of the line.
struct ChunkExtensionReader: Sendable {
    private enum State {
        case beforeName, name, afterName, beforeValue, token, quoted, escaped, quoteEnd, afterValue
    }

    private var state = State.beforeName

    /// Whether the line may end here.
    var mayEnd: Bool {
        switch state {
        case .name, .token, .quoteEnd: true
        case .beforeName, .afterName, .beforeValue, .quoted, .escaped, .afterValue: false
        }
    }

    mutating func receive(_ byte: UInt8) throws(HTTP1Error) {
        guard let next = Self.next(after: state, byte) else { throw .invalidChunkExtension }
        state = next
    }

    private static func next(after state: State, _ byte: UInt8) -> State? {
        switch state {
        case .beforeName:
            if ASCII.isBlank(byte) { return .beforeName }
            return ASCII.isToken(byte) ? .name : nil
        case .name:
            if ASCII.isToken(byte) { return .name }
            return separator(byte, blank: .afterName, mayHaveValue: true)
        case .afterName:
            return separator(byte, blank: .afterName, mayHaveValue: true)
        case .beforeValue:
            if ASCII.isBlank(byte) { return .beforeValue }
            if byte == ASCII.byte("\"") { return .quoted }
            return ASCII.isToken(byte) ? .token : nil
        case .token:
            if ASCII.isToken(byte) { return .token }
            return separator(byte, blank: .afterValue, mayHaveValue: false)
        case .quoted:
            if byte == ASCII.byte("\"") { return .quoteEnd }
            if byte == ASCII.byte("\\") { return .escaped }
            return OctetScan.isControl(byte) ? nil : .quoted
        case .escaped:
            return OctetScan.isControl(byte) ? nil : .quoted
        case .quoteEnd, .afterValue:
            return separator(byte, blank: .afterValue, mayHaveValue: false)
        }
    }

    private static func separator(_ byte: UInt8, blank: State, mayHaveValue: Bool) -> State? {
        switch byte {
        case ASCII.space, ASCII.tab: blank
        case ASCII.byte(";"): .beforeName
        case ASCII.byte("="): mayHaveValue ? .beforeValue : nil
        default: nil
        }
    }
}
