// The digits of personal numbers.

internal import Bytes

/// What the checks of personal numbers have in common.
enum NumberDigits {
    /// The first digits of a text; other bytes are passed over.
    ///
    /// - Parameter isExact: Whether further digits make it no number.
    /// - Returns: Whether there are enough.
    static func read<let count: Int>(
        _ text: ByteView, into digits: inout InlineArray<count, Int>, isExact: Bool = false
    ) -> Bool {
        var found = 0
        for index in text.indices where ASCII.isDigit(text[index]) {
            if found < count { digits[found] = Int(text[index] & 0x0F) }
            found += 1
        }
        return isExact ? found == count : found >= count
    }

    /// Whether all digits are the same.
    static func areAlike<let count: Int>(_ digits: InlineArray<count, Int>) -> Bool {
        for index in 1..<count where digits[index] != digits[0] { return false }
        return true
    }

    /// Whether each digit is one more than the digit before: an example, nobody's number.
    ///
    /// - Parameter wraps: Whether 0 comes behind 9.
    static func ascend<let count: Int>(_ digits: InlineArray<count, Int>, wraps: Bool = true) -> Bool {
        let modulus = wraps ? 10 : 11
        for index in 1..<count where digits[index] != (digits[index - 1] + 1) % modulus { return false }
        return true
    }
}
