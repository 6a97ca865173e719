// Bytes that no part of a pattern tells apart form one class; tables have a column a class
// instead of a column a byte.

/// The coarsest partition of the bytes that respects given sets.
struct ByteClasses {
    /// Class of each byte; classes are numbered by their first byte.
    private(set) var classes = [UInt8](repeating: 0, count: 256)
    private(set) var count = 1

    init(respecting sets: [ByteSet]) {
        for set in sets { refine(by: set) }
    }

    /// A byte of each class.
    var representatives: [UInt8] {
        var first = [UInt8](repeating: 0, count: count)
        for byte in (0...255).reversed() { first[Int(classes[byte])] = UInt8(byte) }
        return first
    }

    /// Splits every class into its part inside and its part outside of `set`.
    private mutating func refine(by set: ByteSet) {
        // Old class and side -> new class; -1 where there is none yet.
        var renamed = [Int](repeating: -1, count: 2 * count)
        var refined = 0
        for byte in 0..<256 {
            let key = 2 * Int(classes[byte]) + (set.contains(UInt8(byte)) ? 1 : 0)
            if renamed[key] < 0 {
                renamed[key] = refined
                refined += 1
            }
            classes[byte] = UInt8(renamed[key])
        }
        count = refined
    }
}
