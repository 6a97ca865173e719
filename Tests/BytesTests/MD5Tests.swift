internal import Bytes
internal import Testing

@Suite("MD5: RFC 1321 appendix A.5") struct MD5Tests {
    static func hex(_ message: [UInt8]) -> String {
        let digest = withView(message) { MD5.digest(of: $0) }
        let digits = Array("0123456789abcdef")
        return String(
            digest.indices.flatMap { [digits[Int(digest[$0] >> 4)], digits[Int(digest[$0] & 15)]] })
    }

    static let vectors: [(String, Int, String)] = [
        ("", 1, "d41d8cd98f00b204e9800998ecf8427e"),
        ("a", 1, "0cc175b9c0f1b6a831c399e269772661"),
        ("abc", 1, "900150983cd24fb0d6963f7d28e17f72"),
        ("message digest", 1, "f96b697d7cb7938d525a2f31aaf161d0"),
        ("abcdefghijklmnopqrstuvwxyz", 1, "c3fcd3d76192e4007dfb496cca67e13b"),
        (
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 1,
            "d174ab98d277d9f5a5611c2c9f419d9f"
        ),
        ("1234567890", 8, "57edf4a22be3c955ac49da2e2107b67a"),
        // Around the block's end, where the padding takes one block or two.
        ("a", 55, "ef1772b6dff9a122358552954ad0df65"),
        ("a", 56, "3b0c8ac703f828b04c6c197006d17218"),
        ("a", 64, "014842d480b571495a4a0363793f7367"),
    ]

    @Test(arguments: vectors) func vector(text: String, times: Int, want: String) {
        #expect(Self.hex(Array(repeatElement(Array(text.utf8), count: times).joined())) == want)
    }
}
