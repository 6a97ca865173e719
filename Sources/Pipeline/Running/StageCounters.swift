// What a stage has done in one worker since the generation was taken.

package struct StageCounters: Equatable, Sendable {
    package var pushes = 0
    /// Verdicts that end a stream.
    package var blocks = 0
    /// Other verdicts.
    package var notes = 0
    package var suspensions = 0
    package var timeouts = 0
    package var nanoseconds = 0

    package init() {}

    package static func + (left: StageCounters, right: StageCounters) -> StageCounters {
        var sum = left
        sum.pushes += right.pushes
        sum.blocks += right.blocks
        sum.notes += right.notes
        sum.suspensions += right.suspensions
        sum.timeouts += right.timeouts
        sum.nanoseconds += right.nanoseconds
        return sum
    }
}
