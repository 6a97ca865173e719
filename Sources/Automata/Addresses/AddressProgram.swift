// A compiled address set, searched where it lies.

package import Bytes

/// An address set whose order has been checked once and is trusted afterwards. A value is a view
/// and two counts, valid as long as the bytes it was made from.
package struct AddressProgram: Sendable {
    private let bytes: ByteView
    private let v4Count: Int
    private let v6Count: Int

    package var byteCount: Int { bytes.count }
    /// Ranges of both families, overlapping and adjacent networks being one.
    package var rangeCount: Int { v4Count + v6Count }

    /// - Parameter bytes: Exactly one set.
    package init(validating bytes: ByteView) throws(ProgramError) {
        guard bytes.count >= AddressFormat.headerBytes else {
            throw .wrongSize(found: bytes.count, expected: AddressFormat.headerBytes)
        }
        let magic = bytes.loadUInt32(at: 0)
        guard magic == AddressFormat.magic else { throw .wrongMagic(magic) }
        let version = bytes.loadUInt32(at: 4)
        guard version == AddressFormat.version else { throw .wrongVersion(version) }
        self.bytes = bytes
        v4Count = Int(bytes.loadUInt32(at: 8))
        v6Count = Int(bytes.loadUInt32(at: 12))
        let expected =
            AddressFormat.headerBytes + v4Count * AddressFormat.v4RangeBytes
            + v6Count * AddressFormat.v6RangeBytes
        guard bytes.count == expected else {
            throw .wrongSize(found: bytes.count, expected: expected)
        }
        try validateOrder(count: v4Count, range: v4Range)
        try validateOrder(count: v6Count, range: v6Range)
    }

    private func validateOrder<Bound: Comparable>(
        count: Int, range: (Int) -> (first: Bound, last: Bound)
    ) throws(ProgramError) {
        for index in 0..<count {
            let (first, last) = range(index)
            guard first <= last, index == 0 || range(index - 1).last < first else {
                throw .invalidTable(offset: AddressFormat.headerBytes)
            }
        }
    }

    /// Whether a network of the set holds the address. A mapped address is looked for in the
    /// networks of both families. Logarithmic in the number of ranges.
    package func contains(_ address: IPAddress) -> Bool {
        if case .v6(let high, let low) = address {
            let bits = UInt128(high) << 64 | UInt128(low)
            if Self.contains(bits, count: v6Count, range: v6Range) { return true }
        }
        guard case .v4(let bits) = address.unmapped else { return false }
        return Self.contains(bits, count: v4Count, range: v4Range)
    }

    private static func contains<Bound: Comparable>(
        _ bits: Bound, count: Int, range: (Int) -> (first: Bound, last: Bound)
    ) -> Bool {
        var (lower, upper) = (0, count)
        while lower < upper {
            let middle = (lower + upper) / 2
            if range(middle).last < bits { lower = middle + 1 } else { upper = middle }
        }
        return lower < count && range(lower).first <= bits
    }

    private func v4Range(_ index: Int) -> (first: UInt32, last: UInt32) {
        let offset = AddressFormat.headerBytes + index * AddressFormat.v4RangeBytes
        return (bytes.loadUInt32(at: offset), bytes.loadUInt32(at: offset + 4))
    }

    private func v6Range(_ index: Int) -> (first: UInt128, last: UInt128) {
        let offset =
            AddressFormat.headerBytes + v4Count * AddressFormat.v4RangeBytes
            + index * AddressFormat.v6RangeBytes
        return (bound(at: offset), bound(at: offset + 16))
    }

    private func bound(at offset: Int) -> UInt128 {
        UInt128(bytes.loadUInt64(at: offset)) << 64 | UInt128(bytes.loadUInt64(at: offset + 8))
    }
}
