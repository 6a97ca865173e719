// What a matcher has done, for the worker's counters and for tests of linearity.

/// Counts since the matcher was made.
package struct MatcherStatistics: Equatable, Sendable {
    /// Bytes of subjects that were passed by a transition found in the cache or skipped.
    package var hits: UInt64 = 0
    /// Transitions that had to be worked out.
    package var misses: UInt64 = 0
    /// Times the cache was emptied because its budget was used up.
    package var flushes: UInt64 = 0
    /// Instructions visited while transitions were worked out and captures sought: the work that
    /// linearity bounds by instructions times bytes.
    package var steps: UInt64 = 0
    /// States in the cache now.
    package var states = 0
    /// Bytes the cache holds now, at most the budget (a single larger state excepted).
    package var cachedBytes = 0
}
