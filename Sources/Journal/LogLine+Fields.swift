// Named values in a line: key=value for our own lines, [key "value"] for matched rules.

package import Bytes

extension LogLine {
    /// ` key=value`; the value is quoted unless it is one plain word.
    package mutating func field(_ key: StaticString, _ peerBytes: ByteView) {
        appendKey(key)
        let isQuoted = !Self.isPlain(peerBytes)
        if isQuoted { append("\"") }
        append(peerBytes: peerBytes)
        if isQuoted { append("\"") }
    }

    /// ` key=value` with text of this program, escaped and quoted like a peer's.
    package mutating func field(_ key: StaticString, _ text: String) {
        var buffer = ByteBuffer()
        buffer.append(text)
        field(key, buffer.view)
    }

    /// ` key=value`
    package mutating func field(_ key: StaticString, _ number: Int) {
        appendKey(key)
        append(decimal: number)
    }

    /// ` [key "value"]`, the form of ModSecurity's lines.
    package mutating func bracketed(_ key: StaticString, _ peerBytes: ByteView) {
        append(" [")
        append(key)
        append(" \"")
        append(peerBytes: peerBytes)
        append("\"]")
    }

    private mutating func appendKey(_ key: StaticString) {
        append(" ")
        append(key)
        append("=")
    }

    /// Whether a value can stand without quotes: printable ASCII without blank, quote, `=` and `\`.
    private static func isPlain(_ bytes: ByteView) -> Bool {
        guard !bytes.isEmpty else { return false }
        let span = bytes.span
        for index in span.indices {
            switch span[index] {
            case ASCII.byte("\""), ASCII.byte("\\"), ASCII.byte("="): return false
            case 0x21...0x7E: continue
            default: return false
            }
        }
        return true
    }
}
