// How MD5 and SHA-1 cut a message into blocks of 64 bytes. RFC 1321 section 3, RFC 3174 section 4.

/// A message with its padding: a one bit, zeros, and the length in bits as the last two words. Nothing
/// is copied; the message must stay readable.
struct DigestBlocks {
    private let message: ByteView
    /// Blocks of 16 words.
    let count: Int

    init(_ message: ByteView) {
        self.message = message
        count = (message.count + 8) / 64 + 1
    }

    /// Word `index` of the whole, for MD5.
    func littleEndianWord(_ index: Int) -> UInt32 {
        let bits = UInt64(message.count) &* 8
        if index == count * 16 - 2 { return UInt32(truncatingIfNeeded: bits) }
        if index == count * 16 - 1 { return UInt32(truncatingIfNeeded: bits >> 32) }
        return word(index)
    }

    /// Word `index` of the whole, for SHA-1.
    func bigEndianWord(_ index: Int) -> UInt32 {
        let bits = UInt64(message.count) &* 8
        if index == count * 16 - 2 { return UInt32(truncatingIfNeeded: bits >> 32) }
        if index == count * 16 - 1 { return UInt32(truncatingIfNeeded: bits) }
        return word(index).byteSwapped
    }

    @inline(__always)
    private func word(_ index: Int) -> UInt32 {
        let offset = index * 4
        if offset + 4 <= message.count { return message.loadUInt32(at: offset) }
        var word: UInt32 = 0
        for place in 0..<4 where offset + place <= message.count {
            let byte = offset + place < message.count ? message[offset + place] : 0x80
            word |= UInt32(byte) << UInt32(place * 8)
        }
        return word
    }
}
