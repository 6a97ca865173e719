// What this process has taken of the machine.

internal import Glibc

enum ProcessUsage {
    /// Most memory that was ever resident. Other tests run beside: only a process of its own
    /// measures one thing.
    static func peakKilobytes() -> Int {
        var usage = rusage()
        unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss
    }

    /// CPU time of this thread.
    static func threadMilliseconds() -> Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
    }
}
