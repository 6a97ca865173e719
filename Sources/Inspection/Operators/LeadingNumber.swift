// How rules read numbers: as C's atoi does, without its overflow.

internal import Bytes

/// The integer at the front of a text.
enum LeadingNumber {
    /// White space and one sign may stand in front; without digits 0; past the range of 64 bits the
    /// nearest number in it.
    static func read(_ text: ByteView) -> Int {
        var index = 0
        while index < text.count, ASCII.isSpace(text[index]) { index += 1 }
        var isNegative = false
        if index < text.count, text[index] == ASCII.byte("-") || text[index] == ASCII.byte("+") {
            isNegative = text[index] == ASCII.byte("-")
            index += 1
        }
        var number = 0
        while index < text.count, ASCII.isDigit(text[index]) {
            let digit = Int(text[index] &- 0x30)
            let (product, overflow) = number.multipliedReportingOverflow(by: 10)
            guard !overflow else { return isNegative ? .min : .max }
            let (sum, hasOverflown) =
                isNegative
                ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
            guard !hasOverflown else { return isNegative ? .min : .max }
            number = sum
            index += 1
        }
        return number
    }
}
