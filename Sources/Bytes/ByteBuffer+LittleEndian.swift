// Numbers of fixed size, as messages and records have them.

extension ByteBuffer {
    package mutating func append<T: FixedWidthInteger>(littleEndian number: T) {
        var rest = number
        for _ in 0..<MemoryLayout<T>.size {
            append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }
}
