import Bytes
import Journal
import Testing

@Suite("A line: escaping, fields, its length") struct LogLineTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var bytes: [UInt8]
        var asPeer: String
        var asField: String
        var asText: String
        var testDescription: String { asPeer }
        init(_ bytes: [UInt8], peer: String, field: String, text: String) {
            self.bytes = bytes
            asPeer = peer
            asField = field
            asText = text
        }
        init(_ text: String, peer: String, field: String, text want: String) {
            self.init(Array(text.utf8), peer: peer, field: field, text: want)
        }
    }

    static let rows: [Row] = [
        Row("", peer: "", field: #" k="""#, text: ""),
        Row(
            "plain-Word_1.2:3/4", peer: "plain-Word_1.2:3/4", field: " k=plain-Word_1.2:3/4",
            text: "plain-Word_1.2:3/4"),
        Row("a b", peer: "a b", field: #" k="a b""#, text: "a b"),
        Row("a=b", peer: "a=b", field: #" k="a=b""#, text: "a=b"),
        Row(#"a"b"#, peer: #"a\"b"#, field: #" k="a\"b""#, text: #"a"b"#),
        Row(#"a\b"#, peer: #"a\\b"#, field: #" k="a\\b""#, text: #"a\b"#),
        Row("a\r\nb", peer: #"a\x0d\x0ab"#, field: #" k="a\x0d\x0ab""#, text: #"a\x0d\x0ab"#),
        Row("\0\u{1B}[31m", peer: #"\x00\x1b[31m"#, field: #" k="\x00\x1b[31m""#, text: #"\x00\x1b[31m"#),
        Row("\u{7F}~", peer: #"\x7f~"#, field: #" k="\x7f~""#, text: #"\x7f~"#),
        Row("ü", peer: #"\xc3\xbc"#, field: #" k="\xc3\xbc""#, text: "ü"),
        // U+009B starts a control sequence on terminals; U+00A3 is a pound sign.
        Row("\u{9B}", peer: #"\xc2\x9b"#, field: #" k="\xc2\x9b""#, text: "\\xc2\u{FFFD}"),
        Row("£", peer: #"\xc2\xa3"#, field: #" k="\xc2\xa3""#, text: "£"),
        Row([0xFF, 0x80], peer: #"\xff\x80"#, field: #" k="\xff\x80""#, text: "\u{FFFD}\u{FFFD}"),
    ]

    @Test(arguments: rows) func escaping(_ row: Row) {
        var buffer = ByteBuffer()
        buffer.append(contentsOf: row.bytes)
        var line = LogLine()
        line.append(peerBytes: buffer.view)
        #expect(text(line) == row.asPeer)
        line = LogLine()
        line.field("k", buffer.view)
        #expect(text(line) == row.asField)
        line = LogLine()
        line.append(text: String(decoding: row.bytes, as: UTF8.self))
        #expect(text(line) == row.asText)
    }

    /// No byte of a peer can end the line or leave printable ASCII.
    @Test func everyByte() {
        for byte in UInt8.min...UInt8.max {
            var buffer = ByteBuffer()
            buffer.append(byte)
            var line = LogLine()
            line.append(peerBytes: buffer.view)
            line.field("key", buffer.view)
            line.bracketed("key", buffer.view)
            let view = line.view
            #expect(view.indices.allSatisfy { (0x20...0x7E).contains(view[$0]) })
        }
    }

    @Test func numbers() {
        var line = LogLine()
        line.field("low", Int.min)
        line.field("high", Int.max)
        line.field("text", "two words")
        #expect(text(line) == #" low=-9223372036854775808 high=9223372036854775807 text="two words""#)
    }

    /// Lengths around the limit, of bytes that take one, two and four places.
    @Test(arguments: [(UInt8(0x61), 1), (0x22, 2), (0x00, 4), (0xFF, 4)])
    func length(byte: UInt8, places: Int) {
        let recorded = RecordedLog()
        recorded.log.write(.error, .process) { _ in }
        let prefixBytes = recorded.packets()[0].utf8.count - 1
        let most = JournalLimits.maxLineBytes - 4 - prefixBytes
        for count in [most / places - 1, most / places, most / places + 1, 10 * most] {
            var buffer = ByteBuffer()
            buffer.append(contentsOf: [UInt8](repeating: byte, count: count))
            recorded.log.write(.error, .process) { line in
                line.append(peerBytes: buffer.view)
                line.append(peerBytes: .empty)
            }
            let packets = recorded.packets()
            #expect(packets.count == 1)
            let packet = packets[0]
            #expect(packet.utf8.count <= JournalLimits.maxLineBytes)
            #expect(packet.hasSuffix("\n"))
            #expect(packet.hasSuffix("...\n") == (count > most / places))
            let isWhole = packet.utf8.count == prefixBytes + count * places + 1
            #expect(isWhole == (count <= most / places))
        }
    }

    /// Nothing follows a cut, also if it would fit.
    @Test func nothingFollowsACut() {
        var line = LogLine()
        line.append(text: String(repeating: "x", count: JournalLimits.maxLineBytes - 5))
        line.append(peerBytes: ByteView("\u{1}"))
        let count = line.view.count
        line.append("y")
        line.append(decimal: 1)
        line.field("k", "v")
        #expect(line.view.count == count)
    }

    private func text(_ line: borrowing LogLine) -> String {
        let view = line.view
        return String(decoding: view.indices.map { view[$0] }, as: UTF8.self)
    }
}
