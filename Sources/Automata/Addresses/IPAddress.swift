// Internet addresses as values, and their textual forms.
// RFC 4291 section 2.2 (IPv6 text), 2.5.5.2 (IPv4-mapped); four decimal numbers for IPv4.

package import Bytes

/// An address. An IPv4-mapped IPv6 address equals its IPv4 address, so a peer is the same
/// whichever socket it came through; the two are still told apart, as `::/0` holds the one only.
package enum IPAddress: Sendable {
    /// Host byte order: 127.0.0.1 is 0x7F000001.
    case v4(UInt32)
    /// The address's upper and lower 64 bits.
    case v6(UInt64, UInt64)

    /// nil unless the whole of `text` is one address. IPv4 needs four decimal numbers without
    /// leading zeros; scopes (`%eth0`), ports and brackets are not taken.
    package init?(_ text: ByteView) {
        if text.contains(ASCII.byte(":")) {
            guard let (high, low) = Self.parseV6(text) else { return nil }
            self = .v6(high, low)
        } else {
            guard let address = Self.parseV4(text) else { return nil }
            self = .v4(address)
        }
    }

    /// The IPv4 address of a mapped one, else the address itself.
    package var unmapped: IPAddress {
        guard case .v6(0, let low) = self, low >> 32 == 0xFFFF else { return self }
        return .v4(UInt32(truncatingIfNeeded: low))
    }

    /// Dotted decimal without leading zeros, which some readers take for octal.
    static func parseV4(_ text: ByteView) -> UInt32? {
        guard text.count <= 15 else { return nil }
        var address: UInt32 = 0
        var octets = 0
        var index = 0
        while octets < 4 {
            let start = index
            var octet: UInt32 = 0
            while index < text.count, index - start < 3, ASCII.isDigit(text[index]) {
                octet = octet * 10 + UInt32(text[index] & 0x0F)
                index += 1
            }
            guard index > start, octet <= 255, index - start == 1 || text[start] != ASCII.byte("0")
            else { return nil }
            address = address << 8 | octet
            octets += 1
            if octets < 4 {
                guard index < text.count, text[index] == ASCII.byte(".") else { return nil }
                index += 1
            }
        }
        return index == text.count ? address : nil
    }

    /// Eight groups, a `::` for at least one, the last two perhaps as IPv4.
    private static func parseV6(_ text: ByteView) -> (UInt64, UInt64)? {
        guard text.count <= 45 else { return nil }
        var groups = InlineArray<8, UInt16>(repeating: 0)
        var count = 0
        var gap: Int?
        var index = 0
        if text.count >= 2, text[0] == ASCII.byte(":") {
            guard text[1] == ASCII.byte(":") else { return nil }
            gap = 0
            index = 2
        }
        while index < text.count {
            guard count < 8 else { return nil }
            let end = text.firstIndex(of: ASCII.byte(":"), from: index) ?? text.count
            if text[index..<end].contains(ASCII.byte(".")) {
                guard end == text.count, count <= 6, let tail = parseV4(text[index...]) else {
                    return nil
                }
                groups[count] = UInt16(truncatingIfNeeded: tail >> 16)
                groups[count + 1] = UInt16(truncatingIfNeeded: tail)
                count += 2
                break
            }
            guard let group = parseGroup(text[index..<end]) else { return nil }
            groups[count] = group
            count += 1
            guard end < text.count else { break }
            index = end + 1
            if index < text.count, text[index] == ASCII.byte(":") {
                guard gap == nil else { return nil }
                gap = count
                index += 1
            } else if index == text.count {
                return nil
            }
        }
        return assemble(groups, count: count, gap: gap)
    }

    /// One to four hexadecimal digits.
    private static func parseGroup(_ text: ByteView) -> UInt16? {
        guard 1...4 ~= text.count else { return nil }
        var value: UInt16 = 0
        for index in text.indices {
            guard let digit = ASCII.hexValue(text[index]) else { return nil }
            value = value << 4 | UInt16(digit)
        }
        return value
    }

    /// Spreads the groups before and behind the gap.
    private static func assemble(
        _ groups: InlineArray<8, UInt16>, count: Int, gap: Int?
    ) -> (UInt64, UInt64)? {
        guard gap == nil ? count == 8 : count < 8 else { return nil }
        var words: (UInt64, UInt64) = (0, 0)
        for place in 0..<8 {
            var group: UInt16 = 0
            if place < gap ?? 8 {
                group = groups[place]
            } else if place >= 8 - (count - (gap ?? 0)) {
                group = groups[place - (8 - count)]
            }
            if place < 4 {
                words.0 = words.0 << 16 | UInt64(group)
            } else {
                words.1 = words.1 << 16 | UInt64(group)
            }
        }
        return words
    }
}

extension IPAddress: Hashable {
    /// The address in 128 bits, IPv4 mapped.
    private var bits: UInt128 {
        switch self {
        case .v4(let bits): UInt128(0xFFFF) << 32 | UInt128(bits)
        case .v6(let high, let low): UInt128(high) << 64 | UInt128(low)
        }
    }

    package static func == (left: IPAddress, right: IPAddress) -> Bool { left.bits == right.bits }

    package func hash(into hasher: inout Hasher) { hasher.combine(bits) }
}
