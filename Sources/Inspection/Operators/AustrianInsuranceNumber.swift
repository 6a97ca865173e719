// @verifySVNR

internal import Bytes

/// Numbers of Austria's social insurance: three digits, a check digit, a date of birth.
enum AustrianInsuranceNumber {
    static func isValid(_ text: ByteView) -> Bool {
        var digits = InlineArray<10, Int>(repeating: 0)
        guard NumberDigits.read(text, into: &digits), !NumberDigits.areAlike(digits),
            !NumberDigits.ascend(digits)
        else { return false }
        let weights: InlineArray<10, Int> = [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]
        var sum = 0
        for index in digits.indices { sum += digits[index] * weights[index] }
        return sum % 11 % 10 == digits[3]
    }
}
