// SHA-256 (FIPS 180-4) by libcrypto's EVP interface.

package import Bytes
internal import CCrypto

/// A digest of 32 bytes.
package struct SHA256Digest: Equatable, Hashable, Sendable {
    package static let byteCount = 32
    private var words: InlineArray<4, UInt64> = InlineArray(repeating: 0)

    init() {}

    /// - Parameter bytes: 32 bytes.
    package init(_ bytes: ByteView) {
        precondition(bytes.count == Self.byteCount, "a SHA-256 digest has 32 bytes")
        for index in 0..<4 { words[index] = bytes.loadUInt64(at: index * 8) }
    }

    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        for index in words.indices {
            for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: words[index] >> UInt64(shift * 8))) }
        }
        return bytes
    }

    package static func == (left: SHA256Digest, right: SHA256Digest) -> Bool {
        left.words[0] == right.words[0] && left.words[1] == right.words[1]
            && left.words[2] == right.words[2] && left.words[3] == right.words[3]
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(words[0]) }
}

/// A digest in the making: fed piece by piece.
///
/// libcrypto reads its configuration at its first use in a process; a process that confines itself
/// makes one digest before.
@safe package struct SHA256: ~Copyable {
    /// Invariant: a living context, initialised for SHA-256, freed by self alone.
    private let context: OpaquePointer

    package init() throws(StoreError) {
        guard let context = unsafe EVP_MD_CTX_new() else { throw .digestUnavailable }
        guard unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
            unsafe EVP_MD_CTX_free(context)
            throw .digestUnavailable
        }
        unsafe self.context = context
    }

    deinit { unsafe EVP_MD_CTX_free(context) }

    package mutating func update(_ bytes: ByteView) throws(StoreError) {
        // SAFETY: the view is readable for its count.
        let done = unsafe bytes.withUnsafeBytes { unsafe EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
        guard done == 1 else { throw .digestUnavailable }
    }

    /// The digest of all that was fed; self starts anew.
    package mutating func finish() throws(StoreError) -> SHA256Digest {
        var room = InlineArray<32, UInt8>(repeating: 0)
        var span = room.mutableSpan
        // SAFETY: SHA-256 writes 32 bytes, the room's size.
        let done = unsafe span.withUnsafeMutableBufferPointer {
            unsafe EVP_DigestFinal_ex(context, $0.baseAddress, nil)
        }
        guard done == 1, unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
            throw .digestUnavailable
        }
        return unsafe room.span.withUnsafeBytes { unsafe SHA256Digest(ByteView(unowned: $0)) }
    }

    package static func digest(_ bytes: ByteView) throws(StoreError) -> SHA256Digest {
        var hash = try SHA256()
        try hash.update(bytes)
        return try hash.finish()
    }
}
