// For each entry of a plan the values that got through its gate.

internal import Bytes
internal import RuleStore

/// A value that an entry may match.
struct Survivor {
    /// Number of the value in the table of candidates.
    var subject: Int32
    /// The next survivor of the same entry, -1 at the end.
    var next: Int32
    var entry: Int32
    /// No step changes the value.
    var isFixed: Bool
    /// Whether `value` is what the entry's transformations make of the subject.
    var isTransformed: Bool
    var value: ByteView
}

/// One list an entry, all in one array, in the order in which values were judged.
struct SurvivorLists: ~Copyable {
    private(set) var all: ContiguousArray<Survivor> = []
    private var first: ContiguousArray<Int32> = []
    private var last: ContiguousArray<Int32> = []
    /// Entries that have to be looked at when their turn comes.
    private var candidates = BitRow(wordCount: 1)
    private var words = 1

    /// - Parameter left: Entries for which no values are sought; one bit an entry.
    mutating func begin(_ plan: EvaluationPlanView, without left: [UInt64]) {
        words = plan.rowWords
        if words > candidates.count { candidates = BitRow(wordCount: words) }
        candidates.assign(plan.blob, at: plan.unplannedOffset, words: words)
        for word in 0..<words { candidates[word] |= left[word] }
        all.removeAll(keepingCapacity: true)
        while first.count < plan.entryCount {
            first.append(-1)
            last.append(-1)
        }
        for entry in 0..<plan.entryCount { first[entry] = -1 }
    }

    mutating func shrink() { all = [] }

    mutating func append(_ survivor: Survivor) {
        let number = Int32(all.count)
        let entry = Int(survivor.entry)
        if first[entry] < 0 {
            first[entry] = number
            candidates.insert(entry)
        } else {
            // Several forms of one value: a rule that looks at every step begins with the value itself.
            all[Int(last[entry])].next = number
        }
        last[entry] = number
        all.append(survivor)
    }

    /// The first survivor of an entry, -1 when there is none.
    func first(of entry: Int) -> Int { Int(first[entry]) }

    /// The next entry at or behind `entry` that may match, `count` when there is none.
    func nextCandidate(from entry: Int, count: Int) -> Int {
        guard entry < count else { return entry }
        var word = entry >> 6
        var bits = candidates[word] & (~0 << UInt64(entry & 63))
        while bits == 0 {
            word += 1
            guard word < words else { return count }
            bits = candidates[word]
        }
        return word * 64 + bits.trailingZeroBitCount
    }
}
