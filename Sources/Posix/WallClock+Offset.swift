// The local time zone as a number.

internal import Glibc

extension WallClock {
    /// Seconds that local time is ahead of UTC at a moment, 0 where C can not tell.
    package static func localOffsetSeconds(_ unixSeconds: Int) -> Int {
        var seconds = unixSeconds
        var parts = unsafe tm()
        // SAFETY: both live for the call, which has no static result.
        guard unsafe localtime_r(&seconds, &parts) != nil else { return 0 }
        return unsafe parts.tm_gmtoff
    }
}
