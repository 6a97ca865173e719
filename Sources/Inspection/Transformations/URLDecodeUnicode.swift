// t:urlDecodeUni

internal import Bytes

/// `urlDecode` that also knows IIS's `%uHHHH`.
enum URLDecodeUnicode {
    /// - Parameter mapsCodePage: Whether characters that look like ASCII ones become those; without
    ///   it only full-width ones do. The engine always maps.
    static func apply(_ input: ByteView, in arena: Arena, mapsCodePage: Bool = true) -> ByteView {
        guard let first = URLDecode.firstEncoded(input) else { return input }
        return arena.fill(upTo: input.count) { output in
            output.append(input[..<first])
            var index = first
            while index < input.count {
                let byte = input[index]
                if byte == ASCII.byte("+") {
                    output.append(ASCII.space)
                    index += 1
                } else if byte != ASCII.byte("%") || index + 1 == input.count {
                    output.append(byte)
                    index += 1
                } else if input[index + 1] | 0x20 == ASCII.byte("u") {
                    if let high = URLDecode.pair(input, at: index + 2),
                        let low = URLDecode.pair(input, at: index + 4)
                    {
                        output.append(Self.byte(high: high, low: low, mapsCodePage: mapsCodePage))
                        index += 6
                    } else {
                        output.append(byte)
                        output.append(input[index + 1])
                        index += 2
                    }
                } else if let decoded = URLDecode.pair(input, at: index + 1) {
                    output.append(decoded)
                    index += 3
                } else {
                    output.append(byte)
                    index += 1
                }
            }
        }
    }

    /// One byte for a UTF-16 unit: full-width forms and look-alikes become ASCII, of the rest the
    /// low byte is left.
    private static func byte(high: UInt8, low: UInt8, mapsCodePage: Bool) -> UInt8 {
        let unit = UInt16(high) << 8 | UInt16(low)
        if unit >= 0xFF01, unit <= 0xFF5E { return UInt8(truncatingIfNeeded: unit - 0xFEE0) }
        if mapsCodePage, let mapped = CodePage20127.byte(for: unit) { return mapped }
        return low
    }
}
