// @verifyCC

internal import Bytes

/// Numbers whose last digit is the check digit of ISO/IEC 7812-1 (Luhn's).
enum CreditCardNumber {
    static func isValid(_ text: ByteView) -> Bool {
        var sum = 0
        var digits = 0
        for index in text.indices.reversed() where ASCII.isDigit(text[index]) {
            let digit = Int(text[index] & 0x0F)
            let isDoubled = digits & 1 == 1
            sum += isDoubled ? digit * 2 - (digit > 4 ? 9 : 0) : digit
            digits += 1
        }
        return digits > 0 && sum % 10 == 0
    }
}
