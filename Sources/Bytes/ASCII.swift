// Single bytes as ASCII characters, and the character classes of the HTTP grammar.

/// Named bytes and classes (RFC 20; RFC 9110 section 5.6 for tokens and blanks).
@usableFromInline package enum ASCII {
    @inlinable package static var tab: UInt8 { 0x09 }
    @inlinable package static var lineFeed: UInt8 { 0x0A }
    @inlinable package static var carriageReturn: UInt8 { 0x0D }
    @inlinable package static var space: UInt8 { 0x20 }

    /// The byte of a one-character literal.
    @inlinable package static func byte(_ character: Unicode.Scalar) -> UInt8 {
        UInt8(ascii: character)
    }

    @inlinable package static func lowercased(_ byte: UInt8) -> UInt8 {
        byte &- 0x41 < 26 ? byte | 0x20 : byte
    }

    @inlinable package static func uppercased(_ byte: UInt8) -> UInt8 {
        byte &- 0x61 < 26 ? byte & 0xDF : byte
    }

    @inlinable package static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
    @inlinable package static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    @inlinable package static func isUppercase(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }

    /// Space, tab, LF, VT, FF or CR: C's isspace in the "C" locale.
    @inlinable package static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte &- 0x09 < 5
    }

    /// Space or tab: OWS (RFC 9110 section 5.6.3).
    @inlinable package static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// Value of a hexadecimal digit, nil for any other byte.
    @inlinable package static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte &- 0x30
        case 0x41...0x46: byte &- 0x37
        case 0x61...0x66: byte &- 0x57
        default: nil
        }
    }

    /// tchar (RFC 9110 section 5.6.2).
    @inlinable package static func isToken(_ byte: UInt8) -> Bool {
        let bits: (UInt64, UInt64) = (0x03FF_6CFA_0000_0000, 0x57FF_FFFF_C7FF_FFFE)
        guard byte < 128 else { return false }
        return (byte < 64 ? bits.0 >> UInt64(byte) : bits.1 >> UInt64(byte &- 64)) & 1 == 1
    }
}
