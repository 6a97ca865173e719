// Sets of small numbers as rows of bits, combined with rows that lie in the store.

/// A run of 64-bit words that is combined, word by word, with runs of the same length in a view.
///
/// One allocation for life; nothing here grows. Words of a view are little endian and may lie anywhere.
@safe @usableFromInline package struct BitRow: ~Copyable {
    /// Invariant: an allocation of `count` initialised words, freed by the row alone.
    @usableFromInline let base: UnsafeMutablePointer<UInt64>
    @usableFromInline package let count: Int

    /// All bits clear.
    package init(wordCount: Int) {
        precondition(wordCount >= 0, "a row can not have a negative length")
        unsafe base = .allocate(capacity: max(wordCount, 1))
        unsafe base.initialize(repeating: 0, count: max(wordCount, 1))
        count = wordCount
    }

    deinit { unsafe base.deallocate() }

    @inlinable package subscript(word: Int) -> UInt64 {
        @inline(__always) get {
            precondition(word >= 0 && word < count, "word outside the row")
            // SAFETY: checked above.
            return unsafe base[word]
        }
        @inline(__always) set {
            precondition(word >= 0 && word < count, "word outside the row")
            // SAFETY: checked above.
            unsafe base[word] = newValue
        }
    }

    @inlinable @inline(__always)
    package mutating func insert(_ bit: Int) { self[bit >> 6] |= 1 << UInt64(bit & 63) }

    @inlinable @inline(__always)
    package mutating func remove(_ bit: Int) { self[bit >> 6] &= ~(1 << UInt64(bit & 63)) }

    @inlinable @inline(__always)
    package func contains(_ bit: Int) -> Bool { self[bit >> 6] >> UInt64(bit & 63) & 1 == 1 }

    /// Sets the bucket of every pair of neighbours in `bytes`; the row has `BytePair.wordCount` words.
    package mutating func insertPairs(of bytes: ByteView) {
        precondition(count >= BytePair.wordCount, "the row is too short for pairs")
        let span = bytes.span
        guard span.count > 1 else { return }
        var before = BytePair.folded(span[0])
        for index in 1..<span.count {
            let byte = BytePair.folded(span[index])
            let bucket = BytePair.bucket(ofFolded: before, byte)
            // SAFETY: a bucket is below `BytePair.bucketCount`, and the row has a bit for each.
            unsafe base[bucket >> 6] |= 1 << UInt64(bucket & 63)
            before = byte
        }
    }

    @inlinable package mutating func removeAll() {
        // SAFETY: `count` words are ours.
        unsafe base.update(repeating: 0, count: count)
    }

    /// Takes the first `words` words over from `view`.
    ///
    /// - Parameter offset: Of the first word, in bytes.
    @inlinable @inline(__always)
    package mutating func assign(_ view: ByteView, at offset: Int, words: Int) {
        check(view, offset, words)
        // SAFETY: checked: both runs have `words` words.
        unsafe UnsafeMutableRawPointer(base).copyMemory(from: view.base + offset, byteCount: words * 8)
    }

    @inlinable @inline(__always)
    package mutating func formUnion(_ view: ByteView, at offset: Int, words: Int, into first: Int = 0) {
        precondition(first >= 0 && first <= count - words, "run outside the row")
        check(view, offset, words)
        var word = 0
        while word + 2 <= words {
            // SAFETY: checked: both runs have `words` words.
            unsafe UnsafeMutableRawPointer(base + first + word).storeBytes(
                of: UnsafeRawPointer(base + first + word).loadUnaligned(as: SIMD2<UInt64>.self)
                    | (view.base + offset).loadUnaligned(fromByteOffset: word * 8, as: SIMD2<UInt64>.self),
                as: SIMD2<UInt64>.self)
            word += 2
        }
        if word < words {
            // SAFETY: as above.
            unsafe base[first + word] |=
                (view.base + offset).loadUnaligned(fromByteOffset: word * 8, as: UInt64.self)
        }
    }

    /// Whether a bit is set both here and in the run at `offset`; eight words at a time.
    @inlinable @inline(__always)
    package func intersects(_ view: ByteView, at offset: Int, words: Int) -> Bool {
        check(view, offset, words)
        var word = 0
        while word + 8 <= words {
            // SAFETY: checked: both runs have `words` words.
            let common = both(view, offset, word) | both(view, offset, word + 2)
                | both(view, offset, word + 4) | both(view, offset, word + 6)
            if common[0] | common[1] != 0 { return true }
            word += 8
        }
        while word < words {
            // SAFETY: as above.
            let other = unsafe (view.base + offset).loadUnaligned(fromByteOffset: word * 8, as: UInt64.self)
            if unsafe base[word] & other != 0 { return true }
            word += 1
        }
        return false
    }

    /// Two words of both runs; the caller has checked that they are there.
    @inlinable @inline(__always)
    func both(_ view: ByteView, _ offset: Int, _ word: Int) -> SIMD2<UInt64> {
        unsafe UnsafeRawPointer(base + word).loadUnaligned(as: SIMD2<UInt64>.self)
            & (view.base + offset).loadUnaligned(fromByteOffset: word * 8, as: SIMD2<UInt64>.self)
    }

    @inlinable @inline(__always)
    func check(_ view: ByteView, _ offset: Int, _ words: Int) {
        precondition(
            words >= 0 && words <= count && offset >= 0 && words * 8 <= view.count - offset,
            "run outside the row or the view")
    }
}
