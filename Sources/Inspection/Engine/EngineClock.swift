// The time that rules see. The engine has no clock: who runs it sets the time.

/// A moment and the local time zone.
package struct EngineClock: Equatable, Sendable {
    /// Since 1970.
    package var unixMicroseconds: Int
    /// Seconds that local time is ahead of UTC.
    package var localOffsetSeconds: Int

    package init(unixMicroseconds: Int = 0, localOffsetSeconds: Int = 0) {
        self.unixMicroseconds = unixMicroseconds
        self.localOffsetSeconds = localOffsetSeconds
    }

    var unixSeconds: Int { unixMicroseconds / 1_000_000 }

    /// The moment in the local time zone.
    var local: CivilTime { CivilTime(secondsSince1970: unixSeconds + localOffsetSeconds) }
}

/// A moment of the Gregorian calendar.
struct CivilTime: Equatable {
    var year: Int
    /// 1 to 12.
    var month: Int
    /// 1 to 31.
    var day: Int
    var hour: Int
    var minute: Int
    var second: Int
    /// 0 (Sunday) to 6.
    var weekday: Int

    init(secondsSince1970: Int) {
        let days = secondsSince1970 >= 0 ? secondsSince1970 / 86_400 : (secondsSince1970 - 86_399) / 86_400
        let rest = secondsSince1970 - days * 86_400
        hour = rest / 3_600
        minute = rest / 60 % 60
        second = rest % 60
        // 1 January 1970 was a Thursday.
        weekday = ((days + 4) % 7 + 7) % 7
        // Years that begin in March and eras of 400 of them make the leap day the last of a year.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }
}
