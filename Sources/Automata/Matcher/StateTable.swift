// The memory of the lazy DFA: one flat table for the states of all programs.

/// What a cell of the table says, in one word so that the walk needs a single comparison.
///
/// Positive: the row of the next state. Negative: the same, the state being a fresh one (nothing
/// has begun to match). The two lowest values end the search.
enum Transition {
    static var unknown: Int32 { 0 }
    static var matched: Int32 { .min }
    static var lost: Int32 { .min + 1 }

    /// Whether a value, or its magnitude, is the number of a row: one comparison.
    @inline(__always)
    static func isRow(_ value: Int32) -> Bool { UInt32(bitPattern: value) &- 1 < UInt32(bitPattern: .max) - 1 }
}

/// States as records in one array, found by their content through a hash table.
///
/// A record is a row of transitions (a column for each byte class, one for the end, one for a
/// final line feed), four words of head and the members, two to a word. Records are only ever
/// added; when the budget is used up all go at once.
struct StateTable: ~Copyable {
    private(set) var words: [Int32] = []
    private var buckets: [Int32]
    private let limitWords: Int
    private(set) var stateCount = 0

    private static var headWords: Int { 4 }
    /// A smaller budget would flush at nearly every state.
    static var leastBudgetBytes: Int { 16 << 10 }

    init(budgetBytes: Int) {
        let budgetWords = max(budgetBytes, Self.leastBudgetBytes) / 4
        var bucketCount = 64
        while bucketCount * 2 <= budgetWords / 64 { bucketCount *= 2 }
        buckets = [Int32](repeating: 0, count: bucketCount)
        limitWords = budgetWords - bucketCount
        // Untouched pages of a large allocation cost nothing.
        words.reserveCapacity(limitWords)
        words.append(0)
    }

    var byteCount: Int { (words.count + buckets.count) * 4 }

    /// Forgets all states; every row number becomes invalid.
    mutating func removeAll() {
        words.removeAll(keepingCapacity: true)
        // Row 0 means unknown.
        words.append(0)
        for index in buckets.indices { buckets[index] = 0 }
        stateCount = 0
    }

    /// What makes a state itself.
    struct Key {
        var program: Int32
        /// LeftContext, and 8 more when an assertion waits for what follows.
        var context: Int32
    }

    /// The row of the state with these members, nil when there is none yet.
    func find(_ key: Key, _ members: [UInt16], columns: Int, hash: UInt32) -> Int32? {
        // Chains link heads, as rows of other programs have other lengths.
        var head = buckets[Int(hash) & (buckets.count - 1)]
        while head != 0 {
            if isState(at: head, key, members) { return head - Int32(columns) }
            head = words[Int(head) + 2]
        }
        return nil
    }

    private func isState(at head: Int32, _ key: Key, _ members: [UInt16]) -> Bool {
        let head = Int(head)
        guard words[head] == key.program, words[head + 1] == key.context else { return false }
        let first = head + Self.headWords
        guard Int(words[head + 3]) == members.count else { return false }
        for index in members.indices where member(index, from: first) != members[index] {
            return false
        }
        return true
    }

    private func member(_ index: Int, from first: Int) -> UInt16 {
        UInt16(truncatingIfNeeded: words[first + index / 2] >> Int32(16 * (index & 1)))
    }

    /// Whether a record of this size still fits the budget. An empty table takes any record, so
    /// that a state larger than the budget can be worked with.
    func hasRoom(columns: Int, memberCount: Int) -> Bool {
        let needed = columns + Self.headWords + (memberCount + 1) / 2
        return stateCount == 0 || words.count + needed <= limitWords
    }

    /// - Returns: The new state's row, its transitions unknown.
    mutating func add(_ key: Key, _ members: [UInt16], columns: Int, hash: UInt32) -> Int32 {
        let row = Int32(words.count)
        for _ in 0..<columns { words.append(Transition.unknown) }
        let head = Int32(words.count)
        let bucket = Int(hash) & (buckets.count - 1)
        words.append(key.program)
        words.append(key.context)
        words.append(buckets[bucket])
        words.append(Int32(members.count))
        buckets[bucket] = head
        for index in stride(from: 0, to: members.count, by: 2) {
            let low = UInt32(members[index])
            let high = index + 1 < members.count ? UInt32(members[index + 1]) : 0
            words.append(Int32(bitPattern: low | high << 16))
        }
        stateCount += 1
        return row
    }

    mutating func setTransition(from row: Int32, column: Int, to value: Int32) {
        words[Int(row) + column] = value
    }

    /// Copies a state's members out and gives its context.
    func load(_ row: Int32, columns: Int, into members: inout [UInt16]) -> Int32 {
        let head = Int(row) + columns
        let first = head + Self.headWords
        members.removeAll(keepingCapacity: true)
        for index in 0..<Int(words[head + 3]) { members.append(member(index, from: first)) }
        return words[head + 1]
    }
}
