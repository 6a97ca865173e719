// Three bytes that stand next to each other, in one of a fixed number of buckets.

internal import Bytes

/// Buckets for the first three bytes of phrases, ASCII letters taken without regard to case.
///
/// Different triples may share a bucket: a set of them says where no phrase begins, never that one does. Pairs
/// would not do: of two letters nearly every combination begins one of a thousand phrases.
enum ByteTriple {
    static var bucketCount: Int { 32_768 }

    /// The bucket of three bytes as `BytePair.folded` gives them.
    @inline(__always)
    static func bucket(ofFolded first: UInt32, _ second: UInt32, _ third: UInt32) -> Int {
        Int(((first << 16 | second << 8 | third) &* 0x9E37_79B1) >> 17)
    }
}
