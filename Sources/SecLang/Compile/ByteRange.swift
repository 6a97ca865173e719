// The argument of @validateByteRange: `9,10,13,32-126`.

internal import Bytes

enum ByteRange {
    /// 256 bits, one for each byte; nil when a number is above 255 or a range is the wrong way round.
    ///
    /// Numbers are read as C's atoi does, so that an item that is none means NUL, as in ModSecurity 2.
    static func parse(_ argument: PlacedText) -> [UInt8]? {
        var bits = [UInt8](repeating: 0, count: 32)
        for item in argument.split(where: { $0 == UInt8(ascii: ",") }) {
            let parts = item.bytes.split(
                separator: UInt8(ascii: "-"), maxSplits: 1, omittingEmptySubsequences: false)
            guard let first = number(parts[0]), let last = parts.count > 1 ? number(parts[1]) : first,
                first <= last
            else { return nil }
            for byte in first...last { bits[byte >> 3] |= 1 << UInt8(byte & 7) }
        }
        return bits
    }

    private static func number(_ text: ArraySlice<UInt8>) -> Int? {
        var number = 0
        for digit in text.drop(while: ASCII.isSpace).prefix(while: ASCII.isDigit) {
            number = number * 10 + Int(digit & 0x0F)
            guard number <= 255 else { return nil }
        }
        return number
    }
}
