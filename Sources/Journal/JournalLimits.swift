// What a log takes at most.

package enum JournalLimits {
    /// Lines of one kind in one second; more are counted and reported as a number.
    package static let linesPerKindPerSecond = 100
    /// Bytes of a line with its end; a longer one is cut and ends in `...`.
    package static let maxLineBytes = 16 << 10
    /// Bytes of a line's memory kept between lines.
    static let keptLineBytes = 32 << 10

    /// Bytes of a line of the access or audit log, with its end; a longer one is not written.
    package static let maxRecordBytes = 384 << 10
    /// Bytes of a worker's ring: what a worker may be ahead of the master.
    package static let ringBytes = 1 << 20
    /// Log files that one configuration may name.
    package static let files = 256
}
