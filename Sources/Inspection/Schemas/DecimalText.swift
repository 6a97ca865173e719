// JSON numbers as they are written, compared without rounding.

internal import Bytes

/// A number's digits and their weight: `digits * 10 ^ exponent`, without zeros at either end.
struct DecimalText {
    private let text: ByteView
    let isNegative: Bool
    /// Places of the first and behind the last digit that is not 0, points between them not counted.
    private let first: Int
    private let last: Int
    /// Weight of the last digit.
    let exponent: Int
    let digitCount: Int

    var isZero: Bool { digitCount == 0 }
    /// Without a fraction, however it is written.
    var isInteger: Bool { isZero || exponent >= 0 }

    /// - Parameter text: A number of JSON's grammar.
    init(_ text: ByteView) {
        self.text = text
        isNegative = !text.isEmpty && text[0] == ASCII.byte("-")
        var first = -1
        var last = -1
        var point = -1
        var mantissaEnd = text.count
        for index in text.indices {
            switch text[index] {
            case ASCII.byte("."): point = index
            case 0x31...0x39:
                if first < 0 { first = index }
                last = index
            case ASCII.byte("e"), ASCII.byte("E"): mantissaEnd = index
            default: break
            }
            if mantissaEnd < text.count { break }
        }
        guard first >= 0 else {
            (self.first, self.last, exponent, digitCount) = (0, 0, 0, 0)
            return
        }
        self.first = first
        self.last = last + 1
        let crossesPoint = point > first && point < last
        digitCount = last + 1 - first - (crossesPoint ? 1 : 0)
        let units = point < 0 ? mantissaEnd : point
        // The digit before the point weighs 0, the one behind it -1.
        let weight = last < units ? units - 1 - last : units - last
        exponent = weight + Self.written(text[min(mantissaEnd + 1, text.count)...])
    }

    /// The exponent as written, held within what sums of it can bear.
    private static func written(_ text: ByteView) -> Int {
        var number = 0
        for index in text.indices where ASCII.isDigit(text[index]) {
            number = min(number * 10 + Int(text[index] &- 0x30), 1 << 40)
        }
        return !text.isEmpty && text[0] == ASCII.byte("-") ? -number : number
    }

    /// The digit at `place` from the left, 0 behind the last.
    private func digit(_ place: Int, crossing: inout Int) -> UInt8 {
        var index = first + place + crossing
        if index < last, text[index] == ASCII.byte(".") {
            crossing = 1
            index += 1
        }
        return index < last ? text[index] &- 0x30 : 0
    }

    /// -1, 0 or 1 for less, equal, greater.
    func compare(_ other: DecimalText) -> Int {
        if isZero || other.isZero {
            if isZero && other.isZero { return 0 }
            return isZero ? (other.isNegative ? 1 : -1) : (isNegative ? -1 : 1)
        }
        guard isNegative == other.isNegative else { return isNegative ? -1 : 1 }
        let sign = isNegative ? -1 : 1
        let top = exponent + digitCount
        let otherTop = other.exponent + other.digitCount
        guard top == otherTop else { return top < otherTop ? -sign : sign }
        var crossing = 0
        var otherCrossing = 0
        for place in 0..<max(digitCount, other.digitCount) {
            let mine = digit(place, crossing: &crossing)
            let its = other.digit(place, crossing: &otherCrossing)
            if mine != its { return mine < its ? -sign : sign }
        }
        return 0
    }

    /// The digits as a number; nil when it has more than 15 of them.
    var significand: UInt64? {
        guard digitCount <= 15 else { return nil }
        return remainder(by: 1 << 60)
    }

    private func remainder(by divisor: UInt64) -> UInt64 {
        var rest: UInt64 = 0
        var crossing = 0
        for place in 0..<digitCount {
            let (high, low) = rest.multipliedFullWidth(by: 10)
            let (sum, carry) = low.addingReportingOverflow(UInt64(digit(place, crossing: &crossing)))
            rest = divisor.dividingFullWidth((high + (carry ? 1 : 0), sum)).remainder
        }
        return rest
    }

    /// Whether this is a whole multiple of `divisor`, which has at most 15 digits and is not 0.
    func isMultiple(of divisor: DecimalText) -> Bool {
        if isZero { return true }
        guard let unit = divisor.significand, unit > 0 else { return false }
        var shift = exponent - divisor.exponent
        // The digits have no zero at their end that could stand for the missing powers of ten.
        guard shift >= 0 else { return false }
        var power: UInt64 = 1 % unit
        var base: UInt64 = 10 % unit
        while shift > 0 {
            if shift & 1 == 1 { power = Self.product(power, base, modulo: unit) }
            base = Self.product(base, base, modulo: unit)
            shift >>= 1
        }
        return Self.product(remainder(by: unit), power, modulo: unit) == 0
    }

    private static func product(_ left: UInt64, _ right: UInt64, modulo divisor: UInt64) -> UInt64 {
        divisor.dividingFullWidth((left % divisor).multipliedFullWidth(by: right % divisor)).remainder
    }
}
