// Two bytes that stand next to each other, in one of a fixed number of buckets.

/// Buckets for pairs of neighbouring bytes, ASCII letters taken without regard to case.
///
/// A set of pairs is a bit for each bucket, 64 words. Different pairs may share a bucket, so such a set
/// says which pairs can not be there, never that one is. The numbers are part of the rule store's format.
@frozen @usableFromInline package enum BytePair {
    @inlinable package static var bucketCount: Int { 4_096 }
    /// Words of 64 bits of a set.
    @inlinable package static var wordCount: Int { 64 }

    /// The bucket of `first` followed by `second`.
    @inlinable @inline(__always)
    package static func bucket(_ first: UInt8, _ second: UInt8) -> Int {
        let folded = UInt32(ASCII.lowercased(first)) << 8 | UInt32(ASCII.lowercased(second))
        return Int((folded &* 0x9E37_79B1) >> 20)
    }
}
