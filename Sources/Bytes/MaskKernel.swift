// Masking and unmasking, which are the same XOR. RFC 6455 section 5.3.
//
// Blocks of 32 bytes, then words, then bytes: the compiler does not vectorise a loop that picks
// key bytes by index modulo 4.

/// The XOR of payload with a ``MaskKey``.
package enum MaskKernel {
    /// Masks in place.
    @unsafe package static func apply(_ key: MaskKey, to bytes: UnsafeMutableRawBufferPointer) {
        guard let base = bytes.baseAddress else { return }
        unsafe apply(key, from: UnsafeRawPointer(base), to: base, count: bytes.count)
    }

    /// Masks `count` bytes at `source` into `target`; both may be the same address, but must not
    /// overlap otherwise.
    @unsafe package static func apply(
        _ key: MaskKey, from source: UnsafeRawPointer, to target: UnsafeMutableRawPointer, count: Int
    ) {
        let word = UInt64(key.word) << 32 | UInt64(key.word)
        let block = SIMD4<UInt64>(repeating: word.littleEndian)
        var index = 0
        // SAFETY, here and below: `index` plus the width loaded never exceeds `count`; all widths
        // but the last are multiples of 4, so the key's rotation stays the same.
        while index &+ 32 <= count {
            let bytes = unsafe source.loadUnaligned(fromByteOffset: index, as: SIMD4<UInt64>.self)
            unsafe target.storeBytes(of: bytes ^ block, toByteOffset: index, as: SIMD4<UInt64>.self)
            index &+= 32
        }
        while index &+ 8 <= count {
            let bytes = unsafe source.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            unsafe target.storeBytes(of: bytes ^ word.littleEndian, toByteOffset: index, as: UInt64.self)
            index &+= 8
        }
        var rest = word
        while index < count {
            let byte = unsafe source.load(fromByteOffset: index, as: UInt8.self)
            unsafe target.storeBytes(
                of: byte ^ UInt8(truncatingIfNeeded: rest), toByteOffset: index, as: UInt8.self)
            rest >>= 8
            index &+= 1
        }
    }

    /// Masks `bytes` into `output`, which must have room for them.
    package static func append(
        _ bytes: ByteView, maskedBy key: MaskKey, to output: inout OutputSpan<UInt8>
    ) {
        precondition(output.freeCapacity >= bytes.count, "no room for the masked bytes")
        unsafe output.withUnsafeMutableBufferPointer { room, initialized in
            guard let base = room.baseAddress else { return }
            unsafe bytes.withUnsafeBytes { source in
                // SAFETY: the room behind `initialized` was checked above.
                unsafe apply(
                    key, from: source.baseAddress!, to: UnsafeMutableRawPointer(base + initialized),
                    count: source.count)
            }
            initialized += bytes.count
        }
    }
}

extension ByteBuffer {
    /// Appends `bytes`, each XORed with its byte of `key`.
    package mutating func append(_ bytes: ByteView, maskedBy key: MaskKey) {
        unsafe appendUninitialized(upTo: bytes.count) { room in
            unsafe bytes.withUnsafeBytes { source in
                // SAFETY: both sides hold `bytes.count` bytes; a view of this very buffer may not
                // be appended to it.
                unsafe MaskKernel.apply(
                    key, from: source.baseAddress!, to: room.baseAddress!, count: source.count)
            }
            return bytes.count
        }
    }
}
