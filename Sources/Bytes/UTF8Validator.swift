// Is this UTF-8? Asked piece by piece, answered at the first byte that proves it is not.
// RFC 3629 section 4: no overlong forms, no surrogates, nothing above U+10FFFF.

/// Validates text that arrives in pieces, cut anywhere.
package struct UTF8Validator: Equatable, Sendable {
    /// Continuation bytes still due in the sequence that the last piece ended in.
    private var missing: UInt8 = 0
    /// Bounds of the next continuation byte: narrower than 80...BF behind E0, ED, F0 and F4.
    private var lowest: UInt8 = 0x80
    private var highest: UInt8 = 0xBF

    package init() {}

    /// Whether the text may end here: no sequence is open.
    package var isComplete: Bool { missing == 0 }

    /// Whether `bytes` is whole UTF-8.
    package static func isValid(_ bytes: ByteView) -> Bool {
        var validator = UTF8Validator()
        return validator.accept(bytes) && validator.isComplete
    }

    /// Takes the next piece; false as soon as no continuation could make the text valid. The
    /// validator must not be used further then.
    package mutating func accept(_ bytes: ByteView) -> Bool {
        unsafe bytes.withUnsafeBytes { unsafe accept($0) }
    }

    private mutating func accept(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let count = bytes.count
        var index = 0
        // SAFETY, in this function: every index read is below `count`.
        while index < count, missing > 0 {
            guard unsafe acceptByte(bytes[index]) else { return false }
            index &+= 1
        }
        while true {
            unsafe index = Self.skipASCII(bytes, from: index)
            // Four bytes hold any sequence whole: no state is needed for them.
            while index &+ 4 <= count {
                let word = unsafe UInt32(
                    littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt32.self))
                guard word & 0x80 != 0 else { break }
                let width = Self.sequenceWidth(word)
                guard width > 0 else { return false }
                index &+= width
            }
            guard count &- index < 8 else { continue }
            while index < count {
                guard unsafe acceptByte(bytes[index]) else { return false }
                index &+= 1
            }
            return true
        }
    }

    /// Index of the first byte at or behind `start` that is not ASCII, or that lies in the last
    /// seven bytes.
    private static func skipASCII(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        let highBits: UInt64 = 0x8080_8080_8080_8080
        let count = bytes.count
        var index = start
        // SAFETY: each load ends at or before `count`.
        while index &+ 32 <= count {
            let block = unsafe bytes.loadUnaligned(fromByteOffset: index, as: SIMD4<UInt64>.self)
            guard (block[0] | block[1] | block[2] | block[3]) & highBits == 0 else { break }
            index &+= 32
        }
        while index &+ 8 <= count {
            let word = unsafe UInt64(
                littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let found = word & highBits
            guard found == 0 else { return index &+ found.trailingZeroBitCount / 8 }
            index &+= 8
        }
        return index
    }

    /// Bytes of the non-ASCII sequence at the low end of `word`, 0 when it is not valid.
    private static func sequenceWidth(_ word: UInt32) -> Int {
        let lead = word & 0xFF
        let second = word >> 8 & 0x3F
        if lead < 0xE0 {
            return lead >= 0xC2 && word & 0xC000 == 0x8000 ? 2 : 0
        }
        let third = word >> 16 & 0x3F
        if lead < 0xF0 {
            let scalar = (lead & 0x0F) << 12 | second << 6 | third
            let isValid = word & 0xC0_C000 == 0x80_8000 && scalar >= 0x800 && scalar &- 0xD800 >= 0x800
            return isValid ? 3 : 0
        }
        let scalar = (lead & 0x0F) << 18 | second << 12 | third << 6 | word >> 24 & 0x3F
        let isValid = word & 0xC0C0_C000 == 0x8080_8000 && scalar &- 0x1_0000 < 0x10_0000
        return isValid ? 4 : 0
    }

    /// One byte, in any state.
    private mutating func acceptByte(_ byte: UInt8) -> Bool {
        guard missing == 0 else {
            guard byte >= lowest, byte <= highest else { return false }
            missing &-= 1
            lowest = 0x80
            highest = 0xBF
            return true
        }
        switch byte {
        case 0x00...0x7F: return true
        case 0xC2...0xDF: missing = 1
        case 0xE0...0xEF:
            missing = 2
            if byte == 0xE0 { lowest = 0xA0 }
            if byte == 0xED { highest = 0x9F }
        case 0xF0...0xF4:
            missing = 3
            if byte == 0xF0 { lowest = 0x90 }
            if byte == 0xF4 { highest = 0x8F }
        default: return false
        }
        return true
    }
}
