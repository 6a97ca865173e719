// SHA-1. RFC 3174.
//
// Not for security: the handshake of WebSocket proves with it that the server understood the request
// (RFC 6455 section 4.2.2), and rules compare with digests that others made.

/// The digest of one message.
package enum SHA1 {
    package static func digest(of message: ByteView) -> InlineArray<20, UInt8> {
        var state: InlineArray<5, UInt32> = [
            0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0,
        ]
        let blocks = DigestBlocks(message)
        for block in 0..<blocks.count { process(blocks, block, &state) }
        var digest = InlineArray<20, UInt8>(repeating: 0)
        for index in 0..<20 {
            let shift = UInt32(24 - index % 4 * 8)
            digest[index] = UInt8(truncatingIfNeeded: state[index / 4] >> shift)
        }
        return digest
    }

    /// One block of 64 bytes (section 6.1).
    private static func process(
        _ blocks: DigestBlocks, _ block: Int, _ state: inout InlineArray<5, UInt32>
    ) {
        var words = InlineArray<80, UInt32>(repeating: 0)
        for index in 0..<16 { words[index] = blocks.bigEndianWord(block * 16 + index) }
        for index in 16..<80 {
            let mixed = words[index - 3] ^ words[index - 8] ^ words[index - 14] ^ words[index - 16]
            words[index] = rotated(mixed, by: 1)
        }
        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
        for index in 0..<80 {
            let (mixed, constant): (UInt32, UInt32) =
                switch index {
                case ..<20: (b & c | ~b & d, 0x5A82_7999)
                case ..<40: (b ^ c ^ d, 0x6ED9_EBA1)
                case ..<60: (b & c | b & d | c & d, 0x8F1B_BCDC)
                default: (b ^ c ^ d, 0xCA62_C1D6)
                }
            let next = rotated(a, by: 5) &+ mixed &+ e &+ words[index] &+ constant
            (e, d, c, b, a) = (d, c, rotated(b, by: 30), a, next)
        }
        state[0] &+= a
        state[1] &+= b
        state[2] &+= c
        state[3] &+= d
        state[4] &+= e
    }

    private static func rotated(_ word: UInt32, by bits: UInt32) -> UInt32 {
        word << bits | word >> (32 - bits)
    }
}
