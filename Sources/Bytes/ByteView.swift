// A window on bytes that somebody else owns: the store's map, a head, a body, an arena.

/// Bytes that are read in place and belong to somebody else.
///
/// A view is two words and is copied freely; it keeps nothing alive. Who hands one out says how
/// long it stays valid (until the buffer is next written to, the arena is reset, the generation
/// is closed). Every access is checked against `count`; multi-byte loads are little endian and
/// need no alignment, as values of the store lie at any address.
@safe @frozen @usableFromInline package struct ByteView: @unchecked Sendable {
    /// Invariant: readable for `count` bytes for as long as the owner promised, and written by
    /// nobody meanwhile. Never dereferenced when `count` is 0.
    @usableFromInline let base: UnsafeRawPointer
    @usableFromInline package let count: Int

    /// - Parameter bytes: Must stay readable and unchanged while the view or a slice of it is used.
    @inlinable package init(unowned bytes: UnsafeRawBufferPointer) {
        if let start = bytes.baseAddress {
            unsafe base = start
        } else {
            // SAFETY: an empty view is never dereferenced; any non-null address will do.
            unsafe base = UnsafeRawPointer(bitPattern: 1)!
        }
        count = bytes.count
    }

    @inlinable package init(unowned base: UnsafeRawPointer, count: Int) {
        precondition(count >= 0, "a view can not have a negative length")
        unsafe self.base = base
        self.count = count
    }

    /// A view of no bytes.
    @inlinable package static var empty: ByteView {
        unsafe ByteView(unowned: UnsafeRawBufferPointer(start: nil, count: 0))
    }

    @inlinable package var isEmpty: Bool { count == 0 }
    @inlinable package var indices: Range<Int> { unsafe Range(uncheckedBounds: (0, count)) }

    @inlinable package subscript(index: Int) -> UInt8 {
        precondition(index >= 0 && index < count, "index outside the view")
        // SAFETY: checked above; the owner keeps `count` bytes readable.
        return unsafe base.load(fromByteOffset: index, as: UInt8.self)
    }

    @inlinable package subscript(range: Range<Int>) -> ByteView {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= count, "range outside the view")
        // SAFETY: a part of a valid view is valid.
        return unsafe ByteView(unowned: base + range.lowerBound, count: range.count)
    }

    @inlinable package subscript(range: PartialRangeFrom<Int>) -> ByteView {
        self[range.lowerBound..<count]
    }

    @inlinable package subscript(range: PartialRangeUpTo<Int>) -> ByteView {
        self[0..<range.upperBound]
    }

    @inlinable package func loadUInt16(at offset: Int) -> UInt16 {
        precondition(offset >= 0 && offset <= count - 2, "load outside the view")
        // SAFETY: checked above.
        return unsafe UInt16(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
    }

    @inlinable package func loadUInt32(at offset: Int) -> UInt32 {
        precondition(offset >= 0 && offset <= count - 4, "load outside the view")
        // SAFETY: checked above.
        return unsafe UInt32(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }

    @inlinable package func loadUInt64(at offset: Int) -> UInt64 {
        precondition(offset >= 0 && offset <= count - 8, "load outside the view")
        // SAFETY: checked above.
        return unsafe UInt64(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// The bytes as a span; the owner's promise, not the compiler, bounds its use to that of self.
    @inlinable package var span: Span<UInt8> {
        @_lifetime(borrow self)
        get {
            // SAFETY: the invariant of `base`; UInt8 has no alignment or invalid patterns.
            let span = unsafe Span<UInt8>(
                _unsafeStart: base.assumingMemoryBound(to: UInt8.self), count: count)
            return unsafe _overrideLifetime(span, borrowing: self)
        }
    }

    /// For calls into C. The pointer is non-null even for an empty view.
    @inlinable package func withUnsafeBytes<R, E: Error>(
        _ body: (UnsafeRawBufferPointer) throws(E) -> R
    ) throws(E) -> R {
        try unsafe body(UnsafeRawBufferPointer(start: base, count: count))
    }

    /// Whether both views are the same bytes in memory: equal without a look at them.
    @inlinable package func isIdentical(to other: ByteView) -> Bool {
        unsafe base == other.base && count == other.count
    }
}
