// Where a view's bytes lie, as a key for caches of what was worked out from them.

extension ByteView {
    /// The address of the first byte. Says nothing about what lies there: once the owner has given
    /// the memory up, other bytes may get the same address.
    @inlinable package var address: UInt { unsafe UInt(bitPattern: base) }
}
