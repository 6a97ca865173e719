// From addresses and networks in text to a sorted table of ranges.

internal import Bytes

/// Why an item of an address list is refused; `index` is its place in the list, from 0.
package enum AddressError: Error, Equatable, Sendable {
    case invalidAddress(index: Int, item: String)
    /// Not a number, or longer than the address.
    case invalidPrefixLength(index: Int, item: String)
}

extension AddressError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .invalidAddress(_, let item): "\"\(item)\" is not an IP address or network"
        case .invalidPrefixLength(_, let item): "\"\(item)\" has an invalid prefix length"
        }
    }
}

/// Builds address sets.
package enum AddressCompiler {
    /// - Parameter items: Addresses and networks (`10.0.0.0/8`, `2001:db8::/32`). Host bits of a
    ///   network may be set and are masked. Blanks around an item are ignored.
    package static func compile(_ items: [String]) throws(AddressError) -> [UInt8] {
        var v4: [ClosedRange<UInt128>] = []
        var v6: [ClosedRange<UInt128>] = []
        for (index, item) in items.enumerated() {
            let network = try parse(item, index: index)
            if network.isV4 { v4.append(network.range) } else { v6.append(network.range) }
        }
        let ranges = (merge(v4), merge(v6))
        var bytes: [UInt8] = []
        bytes.append(littleEndian: AddressFormat.magic)
        bytes.append(littleEndian: AddressFormat.version)
        bytes.append(littleEndian: UInt32(ranges.0.count))
        bytes.append(littleEndian: UInt32(ranges.1.count))
        for range in ranges.0 {
            bytes.append(littleEndian: UInt32(range.lowerBound))
            bytes.append(littleEndian: UInt32(range.upperBound))
        }
        for range in ranges.1 {
            for bound in [range.lowerBound, range.upperBound] {
                bytes.append(littleEndian: UInt64(bound >> 64))
                bytes.append(littleEndian: UInt64(truncatingIfNeeded: bound))
            }
        }
        return bytes
    }

    private struct Network {
        var range: ClosedRange<UInt128>
        var isV4: Bool
    }

    private static func parse(_ item: String, index: Int) throws(AddressError) -> Network {
        var bytes = Array(item.utf8)
        while let last = bytes.last, ASCII.isSpace(last) { bytes.removeLast() }
        bytes.removeFirst(bytes.prefix(while: ASCII.isSpace).count)
        let slash = bytes.firstIndex(of: ASCII.byte("/"))
        var text = ByteBuffer()
        text.append(contentsOf: Array(bytes[..<(slash ?? bytes.count)]))
        guard let address = IPAddress(text.view) else {
            throw .invalidAddress(index: index, item: item)
        }
        var width: Int
        var value: UInt128
        switch address.unmapped {
        case .v4(let bits): (width, value) = (32, UInt128(bits))
        case .v6(let high, let low): (width, value) = (128, UInt128(high) << 64 | UInt128(low))
        }
        var length = width
        if let slash {
            guard let given = prefixLength(bytes[(slash + 1)...]) else {
                throw .invalidPrefixLength(index: index, item: item)
            }
            // A mapped address counts its prefix in 128 bits; above the mapped block it is IPv6.
            if width == 32, bytes.contains(ASCII.byte(":")) {
                if given >= 96 {
                    length = given - 96
                } else {
                    (width, length) = (128, given)
                    value |= 0xFFFF << 32
                }
            } else {
                length = given
            }
            guard length <= width else { throw .invalidPrefixLength(index: index, item: item) }
        }
        let hostBits = UInt128(width - length)
        // A shift by the whole width gives 0.
        let lower = (value >> hostBits) << hostBits
        return Network(
            range: lower...(lower | ((1 << hostBits) &- 1)), isV4: width == 32)
    }

    /// One to three digits.
    private static func prefixLength(_ digits: ArraySlice<UInt8>) -> Int? {
        guard 1...3 ~= digits.count, digits.allSatisfy(ASCII.isDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 & 0x0F) }
    }

    /// Ranges in order, none touching the next.
    private static func merge(_ ranges: [ClosedRange<UInt128>]) -> [ClosedRange<UInt128>] {
        var merged: [ClosedRange<UInt128>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last,
                last.upperBound == .max || range.lowerBound <= last.upperBound + 1
            {
                merged[merged.count - 1] =
                    last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged
    }
}
