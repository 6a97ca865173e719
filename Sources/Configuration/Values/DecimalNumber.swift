// Whole numbers in decimal.

enum DecimalNumber {
    /// Digits only; nil for anything else and for what an Int can not hold.
    static func parse(_ text: some StringProtocol) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
        return Int(text)
    }
}
