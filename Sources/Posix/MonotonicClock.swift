// Time that only goes forward: deadlines, uptimes, RELOADING=1.

internal import Glibc

/// CLOCK_MONOTONIC.
package enum MonotonicClock {
    /// Milliseconds since some start that stays the same until the machine is booted again.
    package static func milliseconds() -> Int64 {
        let now = read()
        return Int64(now.tv_sec) * 1_000 + Int64(now.tv_nsec) / 1_000_000
    }

    /// Microseconds on the same scale.
    package static func microseconds() -> Int64 {
        let now = read()
        return Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1_000
    }

    /// Nanoseconds on the same scale.
    package static func nanoseconds() -> Int {
        let now = read()
        return now.tv_sec * 1_000_000_000 + now.tv_nsec
    }

    private static func read() -> timespec {
        var now = timespec()
        // SAFETY: `now` is a local; CLOCK_MONOTONIC always exists on Linux.
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &now)
        return now
    }
}
