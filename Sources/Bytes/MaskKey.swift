// The four bytes that a WebSocket client masks its frames with, at any rotation.
// RFC 6455 section 5.3.

/// A masking key, turned so that its lowest byte belongs to the next byte of payload.
package struct MaskKey: Equatable, Sendable {
    /// Byte i of the payload is XORed with byte i modulo 4 of this word, counted from the lowest.
    package var word: UInt32

    /// - Parameter word: The key's four wire bytes as a little-endian number.
    @inlinable package init(word: UInt32) { self.word = word }

    /// The key as it stands after `bytes` bytes of payload have been masked.
    @inlinable package func advanced(by bytes: Int) -> MaskKey {
        let shift = UInt32(truncatingIfNeeded: bytes & 3) &* 8
        return MaskKey(word: word &>> shift | word &<< ((32 &- shift) & 31))
    }
}
