// The entries of a plan that a value concerns.

internal import Bytes
internal import RuleStore

/// Entries that look at the value at hand, and the steps that they ask for. Reused for all values of a worker.
struct ConcernSet: ~Copyable {
    private(set) var row = BitRow(wordCount: 1)
    private var words = 1
    private(set) var steps = StepSet()
    /// What the steps look for.
    private(set) var triggers: UInt32 = 0
    /// Tells which concerns were joined; nil: more than can be told apart.
    private(set) var identity: UInt64?

    private static let identityBits: UInt64 = 21

    /// Makes room for rows of so many words.
    mutating func fit(words: Int) {
        if words > row.count { row = BitRow(wordCount: words) }
        self.words = words
    }

    mutating func set(_ concern: PlanSchedule.Concern, _ blob: ByteView) {
        row.assign(blob, at: concern.row, words: words)
        steps = concern.steps
        triggers = concern.triggers
        identity = 0
        identify(concern)
    }

    mutating func join(_ concern: PlanSchedule.Concern, _ blob: ByteView) {
        row.formUnion(blob, at: concern.row, words: words)
        steps.formUnion(concern.steps)
        triggers |= concern.triggers
        identify(concern)
    }

    /// Rows lie one behind the other in whole words, so a few bits name one; three fit side by side.
    private mutating func identify(_ concern: PlanSchedule.Concern) {
        let place = UInt64(concern.row / 8 + 1)
        guard let known = identity, known >> (64 - Self.identityBits - 1) == 0, place >> Self.identityBits == 0
        else {
            identity = nil
            return
        }
        identity = known << Self.identityBits | place
    }

    /// - Parameter left: One bit an entry.
    mutating func remove(_ left: [UInt64]) {
        for word in 0..<words { row[word] &= ~left[word] }
    }

    /// Keeps the entries whose bits are set from `first` on.
    ///
    /// - Returns: How many are kept.
    mutating func narrow(to bits: borrowing ContiguousArray<UInt64>, from first: Int) -> Int {
        var count = 0
        for word in 0..<words {
            row[word] &= bits[first + word]
            count += row[word].nonzeroBitCount
        }
        return count
    }
}
