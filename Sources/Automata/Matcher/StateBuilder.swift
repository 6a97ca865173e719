// One step of determinisation: which instructions are reached, given what stands around the place.

/// The set of waiting instructions under construction, and the memory it needs. Reused for all
/// programs; its size follows the largest one.
struct StateBuilder: ~Copyable {
    /// Instructions that wait for a byte or for what follows the place, one bit each.
    private var bits: [UInt64] = []
    private var bitWords = 0
    /// Instructions already followed carry the current stamp.
    private var stamps: [UInt32] = []
    private var stamp: UInt32 = 0
    private var pending: [Int] = []
    /// The match instruction was reached.
    private(set) var isAccepting = false
    /// An assertion waits for what follows the place.
    private(set) var isWaiting = false
    private(set) var steps: UInt64 = 0

    init() {}

    /// Starts an empty set.
    mutating func begin(_ program: PatternProgram) {
        bitWords = (program.instructionCount + 63) / 64
        while bits.count < bitWords { bits.append(0) }
        while stamps.count < program.instructionCount { stamps.append(0) }
        if stamp == .max {
            for index in stamps.indices { stamps[index] = 0 }
            stamp = 0
        }
        stamp += 1
        isAccepting = false
        isWaiting = false
    }

    mutating func insert(_ index: Int) { bits[index >> 6] |= 1 << UInt64(index & 63) }

    /// Adds what is reached from `start` without consuming a byte.
    ///
    /// - Parameter right: nil as long as the next byte is not known; assertions that need it wait.
    mutating func follow(
        _ program: PatternProgram, from start: Int, left: LeftContext, right: RightContext?
    ) {
        pending.append(start)
        while let index = pending.popLast() {
            guard stamps[index] != stamp else { continue }
            stamps[index] = stamp
            steps += 1
            let instruction = program.instruction(at: index)
            switch instruction.opcode {
            case .bytes: insert(index)
            case .split:
                pending.append(instruction.target)
                pending.append(instruction.argument)
            case .save, .loopStart: pending.append(instruction.target)
            // The split behind the check can leave the loop too, so for the language of the
            // pattern an empty round makes no difference.
            case .loopCheck: pending.append(index + 1)
            case .assertion:
                switch instruction.assertion.holds(after: left, before: right) {
                case true?: pending.append(instruction.target)
                case false?: break
                case nil:
                    insert(index)
                    isWaiting = true
                }
            case .match: isAccepting = true
            }
        }
    }

    /// Moves the set into `members`, in ascending order, and leaves it empty.
    mutating func drain(into members: inout [UInt16]) {
        members.removeAll(keepingCapacity: true)
        for index in 0..<bitWords {
            var word = bits[index]
            bits[index] = 0
            while word != 0 {
                members.append(UInt16(index * 64 + word.trailingZeroBitCount))
                word &= word - 1
            }
        }
    }

    mutating func count(steps more: Int) { steps += UInt64(more) }
}

extension Instruction {
    /// The assertion of an `assertion` instruction.
    var assertion: Assertion {
        Assertion(rawValue: UInt8(truncatingIfNeeded: argument)) ?? .textStart
    }
}
