// Where a match lies: a Pike machine. All threads walk the subject in step, in order of
// preference, each with its own slots; a second thread at the same instruction can only do what
// the first does with lower preference, so it is dropped. Time is bounded by instructions times
// bytes, memory by instructions times slots.

internal import Bytes

/// Finds the match a backtracking matcher would: leftmost, then Perl's preferences.
struct CaptureSearch: ~Copyable {
    /// Threads in order of preference; thread n has the slots from n * slotCount.
    private struct Threads: ~Copyable {
        var indices: [UInt16] = []
        var slots: [Int32] = []

        mutating func removeAll() {
            indices.removeAll(keepingCapacity: true)
            slots.removeAll(keepingCapacity: true)
        }
    }

    private enum Work {
        case follow(Int)
        /// Undo of a save, once everything behind it has been followed.
        case restore(slot: Int, value: Int32)
    }

    private var current = Threads()
    private var next = Threads()
    /// Slots of the thread that is being followed; -1 where nothing was noted.
    private var slots: [Int32] = []
    private var found: [Int32] = []
    private var work: [Work] = []
    /// Two marks an instruction: reached, and reached at the end of an empty round of a loop.
    private var stamps: [UInt32] = []
    private var stamp: UInt32 = 0
    private(set) var steps: UInt64 = 0

    init() {}

    /// - Returns: False when there is no match at or behind `first`; `found` is not changed then.
    mutating func search(_ program: PatternProgram, _ subject: ByteView, from first: Int) -> Bool {
        prepare(program)
        var hasMatched = false
        var place = first
        let skips = program.flags.contains(.skipsToStarter)
        beginPlace()
        while true {
            // `next` holds the threads that wait at `place`.
            if next.indices.isEmpty {
                if hasMatched { break }
                if skips {
                    while place < subject.count, !program.isStarter(subject[place]) { place += 1 }
                    if place == subject.count { break }
                    // The marks may be those of an earlier place.
                    beginPlace()
                }
            }
            if !hasMatched {
                for slot in slots.indices { slots[slot] = -1 }
                slots[0] = Int32(place)
                follow(program, subject, from: program.start, at: place)
            }
            swap(&current, &next)
            next.removeAll()
            beginPlace()
            if step(program, subject, at: place) { hasMatched = true }
            guard place < subject.count else { break }
            place += 1
        }
        return hasMatched
    }

    /// Bounds of group `number` in the match found last, nil for a group that took no part.
    func range(ofGroup number: Int) -> Range<Int>? {
        let (lower, upper) = (found[2 * number], found[2 * number + 1])
        return lower >= 0 && upper >= lower ? Int(lower)..<Int(upper) : nil
    }

    private mutating func prepare(_ program: PatternProgram) {
        current.removeAll()
        next.removeAll()
        slots.removeAll(keepingCapacity: true)
        for _ in 0..<program.slotCount { slots.append(-1) }
        while stamps.count < 2 * program.instructionCount { stamps.append(0) }
    }

    private mutating func beginPlace() {
        if stamp == .max {
            for index in stamps.indices { stamps[index] = 0 }
            stamp = 0
        }
        stamp += 1
    }

    /// Lets every thread consume the byte at `place`; threads behind a finished one are dropped.
    /// - Returns: Whether a thread had finished at `place`.
    private mutating func step(
        _ program: PatternProgram, _ subject: ByteView, at place: Int
    ) -> Bool {
        let byteClass = place < subject.count ? program.byteClass(of: subject[place]) : nil
        let width = program.slotCount
        for thread in 0..<current.indices.count {
            let instruction = program.instruction(at: Int(current.indices[thread]))
            steps += 1
            if instruction.opcode == .match {
                found.removeAll(keepingCapacity: true)
                for slot in 0..<width { found.append(current.slots[thread * width + slot]) }
                found[1] = Int32(place)
                return true
            }
            guard let byteClass, program.set(instruction.argument, contains: byteClass) else {
                continue
            }
            for slot in 0..<width { slots[slot] = current.slots[thread * width + slot] }
            follow(program, subject, from: instruction.target, at: place + 1)
        }
        return false
    }

    /// Adds to `next` the threads reached from `start` at `place` without consuming a byte.
    private mutating func follow(
        _ program: PatternProgram, _ subject: ByteView, from start: Int, at place: Int
    ) {
        work.append(.follow(start))
        while let item = work.popLast() {
            guard case .follow(let index) = item else {
                if case .restore(let slot, let value) = item { slots[slot] = value }
                continue
            }
            steps += 1
            let instruction = program.instruction(at: index)
            if instruction.opcode == .loopCheck {
                followCheck(program, instruction, at: index, place)
                continue
            }
            guard stamps[2 * index] != stamp else { continue }
            stamps[2 * index] = stamp
            switch instruction.opcode {
            case .bytes, .match:
                next.indices.append(UInt16(index))
                for slot in slots { next.slots.append(slot) }
            case .split:
                work.append(.follow(instruction.target))
                work.append(.follow(instruction.argument))
            case .save, .loopStart:
                work.append(.restore(slot: instruction.argument, value: slots[instruction.argument]))
                slots[instruction.argument] = Int32(place)
                work.append(.follow(instruction.target))
            case .assertion:
                let (left, right) = Self.context(program, subject, at: place)
                if instruction.assertion.holds(after: left, before: right) == true {
                    work.append(.follow(instruction.target))
                }
            case .loopCheck: break
            }
        }
    }

    /// The end of a loop's round. Empty rounds and others are marked apart, for they go on apart.
    private mutating func followCheck(
        _ program: PatternProgram, _ check: Instruction, at index: Int, _ place: Int
    ) {
        let slot = program.instruction(at: check.argument).argument
        let isEmptyRound = slots[slot] == Int32(place)
        let mark = 2 * index + (isEmptyRound ? 1 : 0)
        guard stamps[mark] != stamp else { return }
        stamps[mark] = stamp
        work.append(.follow(isEmptyRound ? check.target : index + 1))
    }

    private static func context(
        _ program: PatternProgram, _ subject: ByteView, at place: Int
    ) -> (LeftContext, RightContext) {
        let left =
            place == 0 ? LeftContext.textStart : program.leftContext(behind: subject[place - 1])
        guard place < subject.count else { return (left, .textEnd) }
        let right = program.context(ofClass: program.byteClass(of: subject[place]))
        return (left, right == .lineFeed && place == subject.count - 1 ? .finalLineFeed : right)
    }
}
