// The Date field (RFC 9110 section 5.6.7, IMF-fixdate), written once a second.

package import Bytes

/// Keeps the text of the current second.
package struct HTTPDate: ~Copyable {
    private var second = Int.min
    private var text = ByteBuffer(reserving: 29)

    package init() {}

    /// `Sun, 06 Nov 1994 08:49:37 GMT`; valid until the next call.
    ///
    /// - Parameter secondsSinceEpoch: Wall clock, 0 or later.
    package mutating func text(at secondsSinceEpoch: Int) -> ByteView {
        if secondsSinceEpoch != second {
            second = secondsSinceEpoch
            text.removeAll(keepingCapacity: true)
            Self.write(secondsSinceEpoch, into: &text)
        }
        return text.view
    }

    private static func write(_ seconds: Int, into text: inout ByteBuffer) {
        let days = seconds / 86_400
        let rest = seconds % 86_400
        let date = civil(days: days)
        text.append(["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][days % 7])
        text.append(", ")
        appendTwoDigits(date.day, to: &text)
        text.append(" ")
        text.append(
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][date.month - 1])
        text.append(" ")
        text.append(decimal: date.year)
        text.append(" ")
        appendTwoDigits(rest / 3_600, to: &text)
        text.append(":")
        appendTwoDigits(rest / 60 % 60, to: &text)
        text.append(":")
        appendTwoDigits(rest % 60, to: &text)
        text.append(" GMT")
    }

    private static func appendTwoDigits(_ number: Int, to text: inout ByteBuffer) {
        text.append(UInt8(number / 10) + 0x30)
        text.append(UInt8(number % 10) + 0x30)
    }

    /// Year, month (1 ... 12) and day (1 ... 31) of a day since 1 January 1970 in the Gregorian
    /// calendar: counts in years that begin in March, so that the leap day comes last.
    private static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }
}
