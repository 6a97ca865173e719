// Bytes as text: nothing in them ends a line or steers a terminal.

import Bytes
import Reports
import Testing

@Suite("Bytes as text") struct ShownBytesTests {
    static func view<R>(_ bytes: [UInt8], _ body: (ByteView) -> R) -> R {
        var buffer = ByteBuffer()
        buffer.append(contentsOf: bytes)
        return body(buffer.view)
    }

    @Test(
        "of a peer",
        arguments: [
            ("", ""), ("a b", "a b"), (#"a"b\"#, #"a\"b\\"#), ("\r\n\u{1B}[1m", #"\x0d\x0a\x1b[1m"#),
            ("é", #"\xc3\xa9"#), ("\u{7F}", #"\x7f"#),
        ])
    func escaped(_ text: String, _ want: String) {
        #expect(Self.view(Array(text.utf8)) { ShownBytes.escaped($0) } == want)
    }

    @Test("cut", arguments: [(3, "\"abc\""), (2, "\"ab\" (1 more bytes)"), (0, "\"\" (3 more bytes)")])
    func cut(_ limit: Int, _ want: String) {
        #expect(Self.view(Array("abc".utf8)) { ShownBytes.quoted($0, limitBytes: limit) } == want)
    }

    @Test(
        "of a rule file",
        arguments: [
            (Array(#"\bé\""#.utf8), #"\bé\""#), ([0x61, 0x0A, 0x7F], #"a\x0a\x7f"#),
            ([0xC3, 0x28], #"\xc3("#), (Array("\u{85}\u{2028}".utf8), #"\u{85}\u{2028}"#),
        ] as [([UInt8], String)])
    func ofRuleText(_ bytes: [UInt8], _ want: String) {
        #expect(Self.view(bytes) { ShownBytes.ofRuleText($0) } == want)
    }

    @Test func everyByteStaysOnOneLine() {
        let text = Self.view((0...255).map { UInt8($0) }) { ShownBytes.escaped($0) }
        #expect(text.utf8.allSatisfy { 0x20...0x7E ~= $0 })
    }
}
