// Sizes, as nginx writes them: `512`, `64k`, `1m`, `2g`.

enum SizeValue {
    /// Bytes; nil for other text and for what an Int can not hold.
    static func bytes(_ text: String) -> Int? {
        let (digits, factor): (Substring, Int) =
            switch text.utf8.last {
            case UInt8(ascii: "k"), UInt8(ascii: "K"): (text.dropLast(), 1 << 10)
            case UInt8(ascii: "m"), UInt8(ascii: "M"): (text.dropLast(), 1 << 20)
            case UInt8(ascii: "g"), UInt8(ascii: "G"): (text.dropLast(), 1 << 30)
            default: (text[...], 1)
            }
        guard let number = DecimalNumber.parse(digits) else { return nil }
        let (bytes, overflow) = number.multipliedReportingOverflow(by: factor)
        return overflow ? nil : bytes
    }
}
