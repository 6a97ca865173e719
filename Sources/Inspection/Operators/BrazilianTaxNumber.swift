// @verifyCPF

internal import Bytes

/// Numbers of Brazil's Cadastro de Pessoas Físicas: eleven digits, the last two of them check digits.
enum BrazilianTaxNumber {
    static func isValid(_ text: ByteView) -> Bool {
        var digits = InlineArray<11, Int>(repeating: 0)
        guard NumberDigits.read(text, into: &digits), !NumberDigits.areAlike(digits),
            !NumberDigits.ascend(digits)
        else { return false }
        return digits[9] == checkDigit(digits, of: 9) && digits[10] == checkDigit(digits, of: 10)
    }

    /// Made of the digits in front of it, weighted by their distance.
    private static func checkDigit(_ digits: InlineArray<11, Int>, of place: Int) -> Int {
        var sum = 0
        for index in 0..<place { sum += digits[index] * (place + 1 - index) }
        return sum % 11 < 2 ? 0 : 11 - sum % 11
    }
}
