// How many lines of each kind a second gets.

/// Counts lines by kind and second.
struct LineLimiter {
    enum Admission: Equatable {
        /// The line goes out; `suppressed` lines of its kind before it did not and are reported.
        case admitted(suppressed: Int)
        case refused
    }

    private struct Window {
        var second = Int.min
        var lines = 0
        var suppressed = 0
    }

    private var windows = [Window](repeating: Window(), count: LogKind.allCases.count)

    /// Judges one line at a time given in whole seconds; a clock set back begins a new second.
    mutating func admit(_ kind: LogKind, second: Int) -> Admission {
        guard kind.isRateLimited else { return .admitted(suppressed: 0) }
        let index = kind.rawValue
        if windows[index].second != second {
            windows[index].second = second
            windows[index].lines = 0
        }
        guard windows[index].lines < JournalLimits.linesPerKindPerSecond else {
            windows[index].suppressed += 1
            return .refused
        }
        windows[index].lines += 1
        defer { windows[index].suppressed = 0 }
        return .admitted(suppressed: windows[index].suppressed)
    }

    /// What a kind has lost and not reported; counts as reported from now on.
    mutating func takeSuppressed(_ kind: LogKind) -> Int {
        defer { windows[kind.rawValue].suppressed = 0 }
        return windows[kind.rawValue].suppressed
    }
}
