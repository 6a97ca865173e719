// Where a view's bytes lie, as a key for caches of what was worked out from them.

extension ByteView {
    /// The address of the first byte. Says nothing about what lies there: once the owner has given
    /// the memory up, other bytes may get the same address.
    @inlinable package var address: UInt { unsafe UInt(bitPattern: base) }

    /// Where self begins in `whole`, when all of it lies there; nil for an empty view.
    package func offset(in whole: ByteView) -> Int? {
        guard !isEmpty, address >= whole.address else { return nil }
        let offset = address - whole.address
        guard offset < UInt(whole.count), Int(offset) <= whole.count - count else { return nil }
        return Int(offset)
    }
}
