// What walks of a plan jump over again and again: rules of higher paranoia levels, parts for other methods.

internal import Bytes
internal import RuleStore
internal import Synchronization

/// Entries of one plan for which it is not worth looking for values.
///
/// An entry that every walk for some time has jumped over is left out. Should a walk come by all the same,
/// the entry is tried on every value as if there were no gates: the outcome is the same. Only every
/// `sampling`th walk is looked at, so that the bookkeeping costs next to nothing, whatever peers send.
final class PlanFocus {
    private let schedule: PlanSchedule
    /// Tells states of the focus apart for the life of the process.
    private(set) var number = PlanFocus.nextNumber()
    /// One bit an entry.
    private(set) var left: [UInt64]
    private(set) var sources: [PlanSchedule.Source]
    /// What the opening of the plan leaves behind, once it was walked.
    var opening: PlanOpening?
    /// Samples in a row that have jumped over an entry.
    private var streaks: [UInt8]
    private var walks = 0
    private var jumps: [Range<Int>] = []

    private static let sampling = 8
    private static let patience = 4

    private static let counter = Atomic<Int>(0)

    private static func nextNumber() -> Int { counter.wrappingAdd(1, ordering: .relaxed).newValue }

    init(_ schedule: PlanSchedule) {
        self.schedule = schedule
        left = [UInt64](repeating: 0, count: schedule.view.rowWords)
        sources = schedule.sources
        streaks = [UInt8](repeating: 0, count: schedule.entries.count)
    }

    func beginWalk() {
        walks &+= 1
        if isSampling { jumps.removeAll(keepingCapacity: true) }
    }

    private var isSampling: Bool { walks % Self.sampling == 0 }

    func jump(over entries: Range<Int>) {
        if isSampling { jumps.append(entries) }
    }

    /// - Parameter end: Where the walk ended; what lies behind was neither reached nor jumped over.
    func endWalk(at end: Int) {
        guard isSampling else { return }
        var hasChanged = false
        var next = 0
        for entry in 0..<min(end, streaks.count) {
            while next < jumps.count, jumps[next].upperBound <= entry { next += 1 }
            let isJumped = next < jumps.count && jumps[next].contains(entry)
            streaks[entry] = isJumped ? min(streaks[entry], .max - 1) + 1 : 0
            let isLeft = streaks[entry] >= Self.patience
            guard isLeft != (left[entry / 64] >> UInt64(entry % 64) & 1 == 1) else { continue }
            left[entry / 64] ^= 1 << UInt64(entry % 64)
            hasChanged = true
        }
        guard hasChanged else { return }
        sources = schedule.sources(without: left)
        number = Self.nextNumber()
    }
}

/// The plans that a worker has walked lately.
struct PlanFocusTable {
    private var known: [Int: PlanFocus] = [:]
    /// Rule sets come and go; those in use are few.
    private static let most = 512

    mutating func focus(_ schedule: PlanSchedule) -> PlanFocus {
        if let focus = known[schedule.number] { return focus }
        if known.count >= Self.most { known.removeAll() }
        let focus = PlanFocus(schedule)
        known[schedule.number] = focus
        return focus
    }

    mutating func removeAll() { known.removeAll() }
}
