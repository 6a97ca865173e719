// One line in the making. Whatever is appended, it stays one line of text.
//
//     text        as it is; control characters become \xHH
//     peer bytes  all but printable ASCII becomes \xHH; " and \ get a backslash

package import Bytes

/// A line under construction.
///
/// What goes past ``JournalLimits/maxLineBytes`` is dropped, and the line then ends in `...`.
package struct LogLine: ~Copyable {
    private var buffer = ByteBuffer()
    private var isCut = false
    /// The mark of a cut and the line's end still fit behind the text.
    static let maxTextBytes = JournalLimits.maxLineBytes - 4

    package init() {}

    /// What has been appended; valid until self is next changed.
    package var view: ByteView { buffer.view }

    package mutating func append(_ literal: StaticString) { appendText(ByteView(literal).span) }

    /// Text of this program or of its configuration, UTF-8.
    /// Text whose writer has escaped what peers sent; only controls are escaped here.
    package mutating func append(escapedText bytes: ByteView) { appendText(bytes.span) }
    package mutating func append(text: String) { appendText(text.utf8Span.span) }

    package mutating func append(decimal number: Int) {
        guard hasRoom(20) else { return }
        buffer.append(decimal: number)
    }

    /// Bytes from a peer.
    package mutating func append(peerBytes bytes: ByteView) { appendQuoted(bytes.span) }

    /// Text that holds bytes from a peer, or that stands where a peer's would.
    package mutating func append(peerText text: String) { appendQuoted(text.utf8Span.span) }

    private mutating func appendQuoted(_ span: Span<UInt8>) {
        for index in span.indices {
            let byte = span[index]
            switch byte {
            case ASCII.byte("\""), ASCII.byte("\\"):
                guard hasRoom(2) else { return }
                buffer.append(ASCII.byte("\\"))
                buffer.append(byte)
            case 0x20...0x7E:
                guard hasRoom(1) else { return }
                buffer.append(byte)
            default:
                guard appendEscape(byte) else { return }
            }
        }
    }

    private mutating func appendText(_ text: Span<UInt8>) {
        for index in text.indices {
            let byte = text[index]
            // 0xC2 leads U+0080 to U+009F, which terminals obey like the controls below U+0020.
            let isLeadOfControl = byte == 0xC2 && index + 1 < text.count && text[index + 1] < 0xA0
            let isControl = byte < 0x20 || byte == 0x7F || isLeadOfControl
            if isControl {
                guard appendEscape(byte) else { return }
            } else {
                guard hasRoom(1) else { return }
                buffer.append(byte)
            }
        }
    }

    /// - Returns: false when the line is full.
    private mutating func appendEscape(_ byte: UInt8) -> Bool {
        guard hasRoom(4) else { return false }
        buffer.append("\\x")
        buffer.append(Self.hexDigit(byte >> 4))
        buffer.append(Self.hexDigit(byte & 15))
        return true
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? ASCII.byte("0") + value : ASCII.byte("a") + value - 10
    }

    /// Whether so many bytes more fit; if not, the line is closed to all that follows.
    private mutating func hasRoom(_ bytes: Int) -> Bool {
        if isCut { return false }
        if buffer.count + bytes > Self.maxTextBytes { isCut = true }
        return !isCut
    }

    /// Puts the time in front of an empty line.
    mutating func append(_ clock: LineClock) { clock.append(to: &buffer) }

    /// Ends the line.
    mutating func finish() {
        if isCut { buffer.append("...") }
        buffer.append(ASCII.lineFeed)
    }

    mutating func removeAll() {
        buffer.removeAll(keepingCapacity: buffer.allocatedBytes <= JournalLimits.keptLineBytes)
        isCut = false
    }
}
