// Names for transactions: unique over all workers, restarts and machines.

package import Bytes

/// Gives out 32 hexadecimal digits for each request or tunnel: 64 random bits of the worker's
/// start, 64 bits that count on from another random number.
package struct TransactionIdentifiers: Sendable {
    private let prefix: UInt64
    private var next: UInt64

    package init() {
        var generator = SystemRandomNumberGenerator()
        prefix = generator.next()
        next = generator.next()
    }

    /// Appends the next identifier.
    package mutating func appendNext(to buffer: inout ByteBuffer) {
        next &+= 1
        Self.append(hexadecimal: prefix, to: &buffer)
        Self.append(hexadecimal: next, to: &buffer)
    }

    private static func append(hexadecimal word: UInt64, to buffer: inout ByteBuffer) {
        for digitsBehind in 0..<16 {
            let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * digitsBehind) & 15)
            buffer.append(digit < 10 ? digit + 0x30 : digit + 0x57)
        }
    }
}
