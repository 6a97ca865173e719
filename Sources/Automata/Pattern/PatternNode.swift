// The syntax tree of a pattern, with flags already resolved: what is left are sets of bytes,
// places, order and repetition.

/// One piece of a pattern. Alternatives and repetitions keep Perl's order of preference.
indirect enum PatternNode: Equatable, Sendable {
    case empty
    case bytes(ByteSet)
    case assertion(Assertion)
    case sequence([PatternNode])
    case choice([PatternNode])
    /// The group's number, from 1.
    case capture(Int, PatternNode)
    /// `maximum` nil means without end.
    case repetition(PatternNode, minimum: Int, maximum: Int?, isGreedy: Bool)

    /// Whether the piece can match without consuming a byte.
    var isNullable: Bool {
        switch self {
        case .empty, .assertion: true
        case .bytes: false
        case .sequence(let parts): parts.allSatisfy(\.isNullable)
        case .choice(let branches): branches.contains(where: \.isNullable)
        case .capture(_, let inner): inner.isNullable
        case .repetition(let inner, let minimum, _, _): minimum == 0 || inner.isNullable
        }
    }

    /// How deep loops without end whose bodies are nullable are nested.
    var emptyLoopDepth: Int {
        switch self {
        case .empty, .assertion, .bytes: return 0
        case .sequence(let parts), .choice(let parts): return parts.map(\.emptyLoopDepth).max() ?? 0
        case .capture(_, let inner): return inner.emptyLoopDepth
        case .repetition(let inner, _, let maximum, _):
            return inner.emptyLoopDepth + (maximum == nil && inner.isNullable ? 1 : 0)
        }
    }

    /// Instructions that the emitter makes of it, saturating at `Int.max`.
    var instructionCount: Int {
        switch self {
        case .empty: 0
        case .bytes, .assertion: 1
        case .sequence(let parts): Self.sum(parts)
        case .choice(let branches): Self.add(Self.sum(branches), branches.count - 1)
        case .capture(_, let inner): Self.add(inner.instructionCount, 2)
        case .repetition(let inner, let minimum, let maximum, _):
            Self.count(repeating: inner, minimum: minimum, maximum: maximum)
        }
    }

    private static func count(repeating inner: PatternNode, minimum: Int, maximum: Int?) -> Int {
        let size = inner.instructionCount
        if let maximum {
            return add(multiply(size, maximum), maximum - minimum)
        }
        // A loop whose body can be empty has a start mark, a check and a split; `x*` asks first.
        let loop = inner.isNullable ? add(size, minimum == 0 ? 4 : 3) : add(size, 1)
        return add(loop, multiply(size, max(minimum, 1) - 1))
    }

    private static func sum(_ parts: [PatternNode]) -> Int {
        parts.reduce(0) { add($0, $1.instructionCount) }
    }

    private static func add(_ left: Int, _ right: Int) -> Int {
        let (sum, overflows) = left.addingReportingOverflow(right)
        return overflows ? .max : sum
    }

    private static func multiply(_ left: Int, _ right: Int) -> Int {
        let (product, overflows) = left.multipliedReportingOverflow(by: right)
        return overflows ? .max : product
    }
}

extension PatternNode {
    /// Parts one after the other, flat.
    static func joining(_ parts: [PatternNode]) -> PatternNode {
        var flat: [PatternNode] = []
        for part in parts {
            switch part {
            case .empty: continue
            case .sequence(let inner): flat += inner
            default: flat.append(part)
            }
        }
        return flat.count == 1 ? flat[0] : flat.isEmpty ? .empty : .sequence(flat)
    }

    /// Branches in order of preference. Neighbours of one byte each become one set: which of
    /// them matched makes no difference to what follows.
    static func choosing(_ branches: [PatternNode]) -> PatternNode {
        var merged: [PatternNode] = []
        for branch in branches {
            if case .bytes(let next) = branch, case .bytes(let last)? = merged.last {
                merged[merged.count - 1] = .bytes(last.union(next))
            } else {
                merged.append(branch)
            }
        }
        return merged.count == 1 ? merged[0] : .choice(merged)
    }

    static func repeating(
        _ inner: PatternNode, minimum: Int, maximum: Int?, isGreedy: Bool
    ) -> PatternNode {
        if inner == .empty || maximum == 0 { return .empty }
        if minimum == 1, maximum == 1 { return inner }
        return .repetition(inner, minimum: minimum, maximum: maximum, isGreedy: isGreedy)
    }
}
