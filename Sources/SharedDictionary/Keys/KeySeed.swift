// SipHash-2-4 with 128 bits of output (Aumasson, Bernstein: SipHash: a fast short-input PRF; the
// 128-bit variant of the authors' reference).

package import Bytes

/// The secret that a dictionary's keys are hashed with.
package struct KeySeed: Equatable, Sendable {
    package let first: UInt64
    package let second: UInt64

    package init(first: UInt64, second: UInt64) {
        self.first = first
        self.second = second
    }

    package static func random() -> KeySeed {
        KeySeed(first: .random(in: .min ... .max), second: .random(in: .min ... .max))
    }

    /// The digest of a whole key; upper and lower case differ.
    package func digest(_ bytes: ByteView) -> KeyDigest {
        digest(count: bytes.count) { index, count in
            if count == 8 { return bytes.loadUInt64(at: index) }
            var word: UInt64 = 0
            for offset in 0..<count { word |= UInt64(bytes[index + offset]) << UInt64(offset * 8) }
            return word
        }
    }

    /// The digest of a name without regard to ASCII case; never 0.
    package func name(_ bytes: ByteView) -> UInt64 {
        let digest = digest(count: bytes.count) { index, count in
            var word: UInt64 = 0
            for offset in 0..<count {
                word |= UInt64(ASCII.lowercased(bytes[index + offset])) << UInt64(offset * 8)
            }
            return word
        }
        return digest.low == 0 ? 1 : digest.low
    }

    /// - Parameter word: Up to eight bytes from an index on, little endian.
    private func digest(count: Int, word: (Int, Int) -> UInt64) -> KeyDigest {
        var state = SipState(self)
        var index = 0
        while count - index >= 8 {
            state.absorb(word(index, 8))
            index += 8
        }
        state.absorb(word(index, count - index) | UInt64(count & 0xFF) << 56)
        return state.finish()
    }
}

private struct SipState {
    private var v0: UInt64
    private var v1: UInt64
    private var v2: UInt64
    private var v3: UInt64

    init(_ seed: KeySeed) {
        v0 = seed.first ^ 0x736F_6D65_7073_6575
        v1 = seed.second ^ 0x646F_7261_6E64_6F6D ^ 0xEE
        v2 = seed.first ^ 0x6C79_6765_6E65_7261
        v3 = seed.second ^ 0x7465_6462_7974_6573
    }

    mutating func absorb(_ word: UInt64) {
        v3 ^= word
        round()
        round()
        v0 ^= word
    }

    mutating func finish() -> KeyDigest {
        v2 ^= 0xEE
        for _ in 0..<4 { round() }
        let low = v0 ^ v1 ^ v2 ^ v3
        v1 ^= 0xDD
        for _ in 0..<4 { round() }
        return KeyDigest(low: low, high: v0 ^ v1 ^ v2 ^ v3)
    }

    private mutating func round() {
        v0 &+= v1
        v2 &+= v3
        v1 = Self.rotated(v1, by: 13) ^ v0
        v3 = Self.rotated(v3, by: 16) ^ v2
        v0 = Self.rotated(v0, by: 32)
        v2 &+= v1
        v0 &+= v3
        v1 = Self.rotated(v1, by: 17) ^ v2
        v3 = Self.rotated(v3, by: 21) ^ v0
        v2 = Self.rotated(v2, by: 32)
    }

    private static func rotated(_ word: UInt64, by bits: UInt64) -> UInt64 {
        word << bits | word >> (64 - bits)
    }
}
