// Numbers in rule text: decimal digits and nothing else.

internal import Bytes

enum Number {
    /// - Returns: nil when `text` is empty, holds anything but digits, or the number leaves `range`.
    static func parse<Integer: FixedWidthInteger>(
        _ text: [UInt8], in range: ClosedRange<Integer>
    ) -> Integer? {
        guard !text.isEmpty, text.allSatisfy(ASCII.isDigit),
            let number = Integer(String(decoding: text, as: UTF8.self)), range.contains(number)
        else { return nil }
        return number
    }

    /// Whether text can be meant as a number: digits behind blanks and a sign (what follows them is
    /// ignored when it is evaluated).
    static func begins(_ text: [UInt8]) -> Bool {
        var digits = text[...].drop(while: ASCII.isSpace)
        if digits.first == UInt8(ascii: "-") || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
        return digits.first.map(ASCII.isDigit) ?? false
    }
}
