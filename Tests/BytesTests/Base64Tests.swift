internal import Bytes
internal import Testing

@Suite("Base64: RFC 4648 section 4 and 10") struct Base64Tests {
    static let vectors: [(String, String)] = [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ]

    @Test(arguments: vectors) func vector(plain: String, code: String) {
        var output = ByteBuffer()
        withView(Array(plain.utf8)) { Base64.encode($0, into: &output) }
        #expect(output.view.string == code)
        #expect(Base64.encodedCount(of: plain.utf8.count) == code.utf8.count)
        var decoded = ByteBuffer()
        #expect(withView(Array(code.utf8)) { Base64.decode($0, into: &decoded) })
        #expect(decoded.view.string == plain)
    }

    static let malformed = [
        "Z", "Zg", "Zg=", "Zg===", "=", "====", "Zg==Zg==", "Z===", "Zh==", "Zm9=", "Zm8=Zm9v", " Zg==",
        "Zg==\n", "Zm9_", "Zm9-", "Zm9v=", "Zm=v", "Zm9\u{e9}",
    ]

    /// Nothing but an encoder's own output is accepted, and the buffer is left as it was.
    @Test(arguments: malformed) func refused(code: String) {
        var output = ByteBuffer()
        output.append("kept")
        #expect(!withView(Array(code.utf8)) { Base64.decode($0, into: &output) })
        #expect(output.view.equals("kept"))
    }

    @Test(arguments: 0..<100) func roundTrip(count: Int) {
        var random = FixedRandom(state: UInt64(count))
        let bytes = random.bytes(count)
        var code = ByteBuffer()
        withView(bytes) { Base64.encode($0, into: &code) }
        var decoded = ByteBuffer()
        #expect(Base64.decode(code.view, into: &decoded))
        #expect(decoded.view.array == bytes)
    }

    @Test func everyCharacterOfTheAlphabet() {
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        var decoded = ByteBuffer()
        #expect(withView(Array(alphabet.utf8)) { Base64.decode($0, into: &decoded) })
        var code = ByteBuffer()
        Base64.encode(decoded.view, into: &code)
        #expect(code.view.string == alphabet)
        // The sextets count up from 0 to 63.
        #expect(decoded.view[0] == 0x00 && decoded.view[1] == 0x10 && decoded.view[2] == 0x83)
    }
}
