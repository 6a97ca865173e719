// From the syntax tree to instructions.
//
// Every piece is emitted knowing where to go behind it, so the program is built from its end to
// its start and needs neither jumps nor lists of targets to be filled in later; only loops point
// back and are patched.

/// Instructions under construction. The tree's `instructionCount` has been checked before.
struct InstructionEmitter {
    private(set) var instructions: [Instruction] = []
    private(set) var sets: [ByteSet] = []
    private var setIndices: [ByteSet: Int] = [:]
    private(set) var assertions: Set<Assertion> = []
    /// Emits the whole pattern.
    /// - Returns: The entry.
    mutating func emitPattern(_ node: PatternNode) -> Int {
        let end = append(Instruction(.match))
        return emit(node, next: end)
    }

    /// - Parameter next: Where to go behind the piece.
    /// - Returns: The piece's entry; `next` when it is empty.
    private mutating func emit(_ node: PatternNode, next: Int) -> Int {
        switch node {
        case .empty: return next
        case .bytes(let set):
            return append(Instruction(.bytes, argument: index(of: set), target: next))
        case .assertion(let assertion):
            assertions.insert(assertion)
            return append(
                Instruction(.assertion, argument: Int(assertion.rawValue), target: next))
        case .sequence(let parts):
            var entry = next
            for part in parts.reversed() { entry = emit(part, next: entry) }
            return entry
        case .choice(let branches):
            guard var entry = branches.last.map({ emit($0, next: next) }) else { return next }
            for branch in branches.dropLast().reversed() {
                let preferred = emit(branch, next: next)
                entry = append(Instruction(.split, argument: preferred, target: entry))
            }
            return entry
        case .capture(let number, let inner):
            let end = append(Instruction(.save, argument: 2 * number + 1, target: next))
            let body = emit(inner, next: end)
            return append(Instruction(.save, argument: 2 * number, target: body))
        case .repetition(let inner, let minimum, let maximum, let isGreedy):
            guard let maximum else {
                return emitLoop(inner, minimum: minimum, isGreedy: isGreedy, next: next)
            }
            // (x(x(x)?)?)?: every optional copy may leave for `next`.
            var entry = next
            for _ in minimum..<maximum {
                let body = emit(inner, next: entry)
                entry = split(body, leavingFor: next, isGreedy: isGreedy)
            }
            for _ in 0..<minimum { entry = emit(inner, next: entry) }
            return entry
        }
    }

    /// `x*`, `x+` and `x{n,}`, the last being n - 1 copies and `x+`.
    private mutating func emitLoop(
        _ inner: PatternNode, minimum: Int, isGreedy: Bool, next: Int
    ) -> Int {
        var entry: Int
        if inner.isNullable {
            // A round that matched nothing must not begin another: Perl takes it and goes on
            // behind the loop. The check tells such rounds apart, the split follows it.
            let check = append(Instruction(.loopCheck, target: next))
            let again = append(Instruction(.split))
            let start = append(Instruction(.loopStart))
            instructions[start].target = emit(inner, next: check)
            direct(again, to: start, leavingFor: next, isGreedy: isGreedy)
            entry = minimum == 0 ? split(start, leavingFor: next, isGreedy: isGreedy) : start
        } else {
            let again = append(Instruction(.split))
            let body = emit(inner, next: again)
            direct(again, to: body, leavingFor: next, isGreedy: isGreedy)
            entry = minimum == 0 ? again : body
        }
        for _ in 0..<(max(minimum, 1) - 1) { entry = emit(inner, next: entry) }
        return entry
    }

    private mutating func split(_ body: Int, leavingFor next: Int, isGreedy: Bool) -> Int {
        let index = append(Instruction(.split))
        direct(index, to: body, leavingFor: next, isGreedy: isGreedy)
        return index
    }

    private mutating func direct(
        _ split: Int, to body: Int, leavingFor next: Int, isGreedy: Bool
    ) {
        instructions[split].argument = isGreedy ? body : next
        instructions[split].target = isGreedy ? next : body
    }

    private mutating func append(_ instruction: Instruction) -> Int {
        instructions.append(instruction)
        return instructions.count - 1
    }

    private mutating func index(of set: ByteSet) -> Int {
        if let index = setIndices[set] { return index }
        setIndices[set] = sets.count
        sets.append(set)
        return sets.count - 1
    }
}
