// The time of day, as lines and rows show it. Nothing that measures a span uses it.

internal import Glibc

/// A moment in the local time zone.
package struct LocalTime: Equatable, Sendable {
    /// The year as it is counted, month from 1 to 12, day from 1 to 31.
    package var year = 0
    package var month = 0
    package var day = 0
    package var hour = 0
    package var minute = 0
    package var second = 0
}

package enum WallClock {
    /// Reads the time zone. To be called before the process confines itself: afterwards the zone's
    /// file is out of reach, and times would be UTC.
    package static func loadTimeZone() { tzset() }

    /// Seconds since 1970, good to some milliseconds: the cheaper of the kernel's two clocks.
    package static var coarseSeconds: Int {
        var now = timespec()
        unsafe _ = clock_gettime(CLOCK_REALTIME_COARSE, &now)
        return now.tv_sec
    }

    /// Milliseconds since 1970.
    package static var milliseconds: UInt64 {
        var now = timespec()
        unsafe _ = clock_gettime(CLOCK_REALTIME, &now)
        return UInt64(clamping: now.tv_sec) * 1_000 + UInt64(clamping: now.tv_nsec) / 1_000_000
    }

    /// Microseconds since 1970.
    package static var microseconds: Int64 {
        var now = timespec()
        unsafe _ = clock_gettime(CLOCK_REALTIME, &now)
        return Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1_000
    }

    /// - Parameter unixSeconds: Seconds since 1970. A year that C can not count gives all zeroes.
    package static func localTime(_ unixSeconds: Int) -> LocalTime {
        var seconds = unixSeconds
        var parts = unsafe tm()
        // SAFETY: both live for the call, which has no static result (unlike localtime).
        guard unsafe localtime_r(&seconds, &parts) != nil else { return LocalTime() }
        return unsafe LocalTime(
            year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday),
            hour: Int(parts.tm_hour), minute: Int(parts.tm_min), second: Int(parts.tm_sec))
    }
}
