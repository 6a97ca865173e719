// Times, as nginx writes them: `30`, `30s`, `500ms`, `1h30m`, `1h 30m`.

package enum TimeValue {
    /// Units from large to small; a month is 30 days, a year 365.
    private static let units: [(name: String, milliseconds: Int)] = [
        ("y", 31_536_000_000), ("M", 2_592_000_000), ("w", 604_800_000), ("d", 86_400_000),
        ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1),
    ]
    private static let secondsUnit = 6

    /// Each unit at most once, from large to small, blanks between; a number without a unit is
    /// seconds and comes last. nil for other text and for what an Int can not hold.
    package static func milliseconds(_ text: String) -> Int? {
        var rest = text[...]
        var total = 0
        var nextUnit = 0
        var isFirst = true
        while true {
            if !isFirst { rest = rest.drop { $0 == " " } }
            if rest.isEmpty { break }
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard let number = DecimalNumber.parse(digits) else { return nil }
            rest = rest.dropFirst(digits.count)
            let letters = rest.prefix { $0.isLetter }
            let found = letters.isEmpty ? secondsUnit : units.firstIndex { $0.name == letters }
            guard let unit = found, unit >= nextUnit, !letters.isEmpty || rest.isEmpty else { return nil }
            rest = rest.dropFirst(letters.count)
            let (part, overflow) = number.multipliedReportingOverflow(by: units[unit].milliseconds)
            let (sum, overflowed) = total.addingReportingOverflow(part)
            guard !overflow, !overflowed else { return nil }
            total = sum
            nextUnit = unit + 1
            isFirst = false
        }
        return isFirst ? nil : total
    }
}
