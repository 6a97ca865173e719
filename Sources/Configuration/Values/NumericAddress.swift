// Numeric addresses, read without the resolver: IPv4 in four parts, IPv6 (RFC 4291 section 2.2).

enum NumericAddress {
    /// The address in its one canonical form (RFC 5952 section 4), without brackets; nil when
    /// `text` is no numeric address.
    static func canonical(_ text: some StringProtocol) -> String? {
        if let parts = ipv4(text) { return parts.map { String($0) }.joined(separator: ".") }
        return ipv6(text).map(write)
    }

    private static func ipv4(_ text: some StringProtocol) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            // A leading zero is octal to some readers and decimal to others.
            guard part.utf8.count <= 3, let number = DecimalNumber.parse(part), number < 256,
                part == "0" || !part.hasPrefix("0")
            else { return nil }
            bytes.append(UInt8(number))
        }
        return bytes
    }

    private static func ipv6(_ text: some StringProtocol) -> [UInt16]? {
        guard text.utf8.count <= 45 else { return nil }
        let sides = text.split(separator: "::", omittingEmptySubsequences: false)
        guard sides.count <= 2, let before = groups(sides[0], mayEndInQuad: sides.count == 1) else {
            return nil
        }
        guard sides.count == 2 else { return before.count == 8 ? before : nil }
        guard let after = groups(sides[1], mayEndInQuad: true), before.count + after.count < 8 else {
            return nil
        }
        return before + [UInt16](repeating: 0, count: 8 - before.count - after.count) + after
    }

    /// The groups on one side of `::`; none for an empty side.
    private static func groups(_ side: some StringProtocol, mayEndInQuad: Bool) -> [UInt16]? {
        guard !side.isEmpty else { return [] }
        let parts = side.split(separator: ":", omittingEmptySubsequences: false)
        var words: [UInt16] = []
        for (index, part) in parts.enumerated() {
            guard let group = group(part, isLast: mayEndInQuad && index == parts.count - 1) else {
                return nil
            }
            words += group
        }
        return words
    }

    /// One group, or the two that a dotted quad at the end stands for.
    private static func group(_ part: some StringProtocol, isLast: Bool) -> [UInt16]? {
        if isLast, let quad = ipv4(part) {
            return [UInt16(quad[0]) << 8 | UInt16(quad[1]), UInt16(quad[2]) << 8 | UInt16(quad[3])]
        }
        guard part.utf8.count <= 4, part.utf8.allSatisfy(isHexDigit) else { return nil }
        return UInt16(part, radix: 16).map { [$0] }
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 6
    }

    /// Lower case, no leading zeros, the first longest run of two and more zeros as `::`.
    private static func write(_ words: [UInt16]) -> String {
        var best = 0..<0
        var start = 0
        while start < 8 {
            var end = start
            while end < 8, words[end] == 0 { end += 1 }
            if end - start > max(best.count, 1) { best = start..<end }
            start = max(end, start + 1)
        }
        let hex = words.map { String($0, radix: 16) }
        guard !best.isEmpty else { return hex.joined(separator: ":") }
        return hex[..<best.lowerBound].joined(separator: ":") + "::"
            + hex[best.upperBound...].joined(separator: ":")
    }
}
