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
        bucket(ofFolded: folded(first), folded(second))
    }

    /// A byte as it counts here: a letter in lower case.
    @inlinable @inline(__always)
    package static func folded(_ byte: UInt8) -> UInt32 {
        let isUpper = byte &- 0x41 < 26
        return UInt32(byte | (isUpper ? 0x20 : 0))
    }

    @inlinable @inline(__always)
    package static func bucket(ofFolded first: UInt32, _ second: UInt32) -> Int {
        Int(((first << 8 | second) &* 0x9E37_79B1) >> 20)
    }
}
