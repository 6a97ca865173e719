// Base64 with the standard alphabet. RFC 4648 section 4.

/// Strict coding: padding is required, and nothing but the alphabet is accepted.
package enum Base64 {
    /// Characters that `byteCount` bytes become.
    package static func encodedCount(of byteCount: Int) -> Int { (byteCount + 2) / 3 * 4 }

    /// Appends the code of `bytes` to `output`.
    package static func encode(_ bytes: ByteView, into output: inout ByteBuffer) {
        output.reserve(encodedCount(of: bytes.count))
        var index = 0
        while index < bytes.count {
            let taken = min(3, bytes.count - index)
            var group = UInt32(bytes[index]) << 16
            if taken > 1 { group |= UInt32(bytes[index + 1]) << 8 }
            if taken > 2 { group |= UInt32(bytes[index + 2]) }
            output.append(character(group >> 18))
            output.append(character(group >> 12))
            output.append(taken > 1 ? character(group >> 6) : ASCII.byte("="))
            output.append(taken > 2 ? character(group) : ASCII.byte("="))
            index += taken
        }
    }

    /// Appends what `text` codes to `output`; false, with `output` as it was, unless `text` is
    /// exactly what an encoder writes: whole groups of four, padding at the very end, unused bits
    /// zero (RFC 4648 section 3.5).
    package static func decode(_ text: ByteView, into output: inout ByteBuffer) -> Bool {
        guard text.count % 4 == 0 else { return false }
        let before = output.count
        output.reserve(text.count / 4 * 3)
        var index = 0
        while index < text.count {
            let isLast = index + 4 == text.count
            guard appendGroup(text[index..<(index + 4)], isLast: isLast, to: &output) else {
                output.truncate(to: before)
                return false
            }
            index += 4
        }
        return true
    }

    private static func appendGroup(_ text: ByteView, isLast: Bool, to output: inout ByteBuffer) -> Bool {
        var padding = 0
        if isLast {
            if text[3] == ASCII.byte("=") { padding = text[2] == ASCII.byte("=") ? 2 : 1 }
        }
        var group: UInt32 = 0
        for index in 0..<4 {
            group <<= 6
            guard index < 4 - padding else { continue }
            guard let sextet = value(of: text[index]) else { return false }
            group |= sextet
        }
        let unusedBits: UInt32 = padding == 2 ? 0xFFFF : padding == 1 ? 0xFF : 0
        guard group & unusedBits == 0 else { return false }
        output.append(UInt8(truncatingIfNeeded: group >> 16))
        if padding < 2 { output.append(UInt8(truncatingIfNeeded: group >> 8)) }
        if padding < 1 { output.append(UInt8(truncatingIfNeeded: group)) }
        return true
    }

    /// The character of the six low bits.
    package static func character(_ bits: UInt32) -> UInt8 {
        let sextet = UInt8(truncatingIfNeeded: bits & 63)
        return switch sextet {
        case 0..<26: sextet + 0x41
        case 26..<52: sextet - 26 + 0x61
        case 52..<62: sextet - 52 + 0x30
        case 62: ASCII.byte("+")
        default: ASCII.byte("/")
        }
    }

    /// What a character of the alphabet stands for, nil for any other byte.
    package static func value(of character: UInt8) -> UInt32? {
        switch character {
        case 0x41...0x5A: UInt32(character - 0x41)
        case 0x61...0x7A: UInt32(character - 0x61 + 26)
        case 0x30...0x39: UInt32(character - 0x30 + 52)
        case ASCII.byte("+"): 62
        case ASCII.byte("/"): 63
        default: nil
        }
    }
}
