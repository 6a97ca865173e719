// What every match of a piece of a pattern has in it.

/// Conditions that hold for all matches of one piece, found bottom up.
struct Necessity {
    /// Length of the shortest match.
    var minimumBytes = 0
    /// Bytes that a match which is not empty can begin and end with.
    var first = ByteSet()
    var last = ByteSet()
    var isNullable = true
    /// A match has a byte of each; the rarest in ordinary values first.
    private(set) var classes: [WeighedSet] = []
    private(set) var pairs: [PairSet] = []

    /// More are kept while pieces are put together than a gate takes in the end: which of them stay
    /// different from each other shows only later.
    private static let keptClasses = 12
    private static let keptPairs = 8
    /// A class that most values have a byte of rejects nothing.
    private static let mostClassWeight = 0.5
    private static let longestMinimum = 1 << 20

    static let empty = Necessity()

    init() {}

    init(_ set: ByteSet) {
        minimumBytes = 1
        first = set
        last = set
        isNullable = false
        add(WeighedSet(set))
    }

    /// One piece behind the other.
    init(sequence parts: [Necessity]) {
        for (index, part) in parts.enumerated() {
            minimumBytes = min(minimumBytes + part.minimumBytes, Self.longestMinimum)
            if isNullable { first.formUnion(part.first) }
            isNullable = isNullable && part.isNullable
            last = part.isNullable ? last.union(part.last) : part.last
            for known in part.classes { add(known) }
            for pair in part.pairs { add(pair) }
            if !part.isNullable, let right = Self.first(behind: index, in: parts),
                let pair = PairSet(Neighbours(part.last), Neighbours(right))
            {
                add(pair)
            }
        }
    }

    /// One of several pieces: what all of them need, each in its own way.
    init(choice branches: [Necessity]) {
        minimumBytes = branches.map(\.minimumBytes).min() ?? 0
        isNullable = branches.contains(where: \.isNullable)
        for branch in branches {
            first.formUnion(branch.first)
            last.formUnion(branch.last)
        }
        for rank in 0..<(branches.map(\.classes.count).max() ?? 0) {
            if let set = Self.union(of: branches.map(\.classes), rank: rank) { add(WeighedSet(set)) }
        }
        for rank in 0..<(branches.map(\.pairs.count).max() ?? 0) {
            if let set = Self.union(of: branches.map(\.pairs), rank: rank) { add(set) }
        }
    }

    /// At least `minimum` times the piece.
    init(repeating inner: Necessity, minimum: Int) {
        self = inner
        guard minimum > 0 else {
            (minimumBytes, isNullable, classes, pairs) = (0, true, [], [])
            return
        }
        let (product, overflows) = inner.minimumBytes.multipliedReportingOverflow(by: minimum)
        minimumBytes = overflows ? Self.longestMinimum : min(product, Self.longestMinimum)
        if minimum > 1, !inner.isNullable,
            let pair = PairSet(Neighbours(inner.last), Neighbours(inner.first))
        {
            add(pair)
        }
    }

    /// What can stand first behind a part, nil when nothing need follow it.
    private static func first(behind index: Int, in parts: [Necessity]) -> ByteSet? {
        var set = ByteSet()
        for part in parts[(index + 1)...] {
            set.formUnion(part.first)
            if !part.isNullable { return set }
        }
        return nil
    }

    /// The sets of that rank of all branches in one; a branch that has fewer gives its last. nil when
    /// one has none.
    private static func union(of branches: [[WeighedSet]], rank: Int) -> ByteSet? {
        var result = ByteSet()
        for sets in branches {
            guard !sets.isEmpty else { return nil }
            result.formUnion(sets[min(rank, sets.count - 1)].set)
        }
        return result
    }

    private static func union(of branches: [[PairSet]], rank: Int) -> PairSet? {
        guard var result = branches.first?.first else { return nil }
        for sets in branches {
            guard !sets.isEmpty else { return nil }
            result.formUnion(sets[min(rank, sets.count - 1)])
            if result.weight > PairSet.mostWeight { return nil }
        }
        return result
    }

    private mutating func add(_ new: WeighedSet) {
        guard new.weight <= Self.mostClassWeight, !classes.contains(where: { $0.set == new.set }) else { return }
        classes.insert(new, at: classes.firstIndex { $0.weight > new.weight } ?? classes.count)
        if classes.count > Self.keptClasses { classes.removeLast() }
    }

    private mutating func add(_ set: PairSet) {
        guard set.weight <= PairSet.mostWeight, !pairs.contains(set) else { return }
        pairs.insert(set, at: pairs.firstIndex { $0.weight > set.weight } ?? pairs.count)
        if pairs.count > Self.keptPairs { pairs.removeLast() }
    }
}
