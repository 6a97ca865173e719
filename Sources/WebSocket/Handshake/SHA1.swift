// SHA-1, which the handshake's accept value is made with. RFC 3174.
//
// Not for security: RFC 6455 uses it only to show that the server understood the request.

package import Bytes

/// The digest of one message.
package enum SHA1 {
    package static func digest(of message: ByteView) -> InlineArray<20, UInt8> {
        var state: InlineArray<5, UInt32> = [
            0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0,
        ]
        var offset = 0
        while message.count - offset >= 64 {
            process(message[offset..<(offset + 64)], &state)
            offset += 64
        }
        // The rest, a one bit, zeros, and the length in bits: one block or two (section 4).
        var tail = ByteBuffer(reserving: 128)
        tail.append(message[offset...])
        tail.append(0x80)
        while tail.count % 64 != 56 { tail.append(0) }
        let bits = UInt64(message.count) &* 8
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            tail.append(UInt8(truncatingIfNeeded: bits >> shift))
        }
        process(tail.view[..<64], &state)
        if tail.count > 64 { process(tail.view[64...], &state) }

        var digest = InlineArray<20, UInt8>(repeating: 0)
        for index in 0..<20 {
            let shift = UInt32(24 - index % 4 * 8)
            digest[index] = UInt8(truncatingIfNeeded: state[index / 4] >> shift)
        }
        return digest
    }

    /// One block of 64 bytes (section 6.1).
    private static func process(_ block: ByteView, _ state: inout InlineArray<5, UInt32>) {
        var words = InlineArray<80, UInt32>(repeating: 0)
        for index in 0..<16 { words[index] = block.loadUInt32(at: index * 4).byteSwapped }
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
