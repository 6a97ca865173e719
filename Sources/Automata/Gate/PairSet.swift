// A set of pairs of neighbouring bytes.

internal import Bytes

/// Buckets of `BytePair`, one bit each, with their share of ordinary values.
struct PairSet: Equatable {
    private(set) var words = [UInt64](repeating: 0, count: BytePair.wordCount)
    private(set) var weight = 0.0

    private init() {}

    /// Every byte of `left` followed by every byte of `right`; nil when that is so much of everything
    /// that it rejects next to nothing.
    init?(_ left: Neighbours, _ right: Neighbours) {
        guard left.weight * right.weight <= Self.mostWeight, left.bytes.count * right.bytes.count <= Self.mostProducts
        else { return nil }
        for first in left.bytes {
            for second in right.bytes { insert(BytePair.bucket(first, second)) }
        }
        guard weight <= Self.mostWeight else { return nil }
    }

    mutating func formUnion(_ other: PairSet) {
        for (index, word) in other.words.enumerated() {
            var new = word & ~words[index]
            while new != 0 {
                insert(index * 64 + new.trailingZeroBitCount)
                new &= new - 1
            }
        }
    }

    private mutating func insert(_ bucket: Int) {
        let bit: UInt64 = 1 << UInt64(bucket & 63)
        guard words[bucket >> 6] & bit == 0 else { return }
        words[bucket >> 6] |= bit
        weight += ByteWeights.pairs[bucket]
    }

    /// A set that is met more often than this in two neighbours is not worth asking for.
    static let mostWeight = 0.15
    private static let mostProducts = 8_192
}

/// The bytes that can stand on one side of a boundary.
struct Neighbours {
    let bytes: [UInt8]
    let weight: Double

    init(_ set: ByteSet) {
        bytes = (UInt8.min...UInt8.max).filter { set.contains($0) }
        weight = bytes.reduce(0) { $0 + ByteWeights.bytes[Int($1)] }
    }
}
