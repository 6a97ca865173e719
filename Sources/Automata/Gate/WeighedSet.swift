// A set of bytes with its share of ordinary values.

/// A class of bytes, and how often a byte is one of it.
struct WeighedSet {
    let set: ByteSet
    let weight: Double

    init(_ set: ByteSet) {
        self.set = set
        weight = (UInt8.min...UInt8.max).reduce(0) { set.contains($1) ? $0 + ByteWeights.bytes[Int($1)] : $0 }
    }
}
