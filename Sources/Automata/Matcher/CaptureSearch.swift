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
        /// `emptyRounds` of the loops around the instruction, counted from the innermost, have
        /// begun at this very place. That, too, decides what the instruction leads to.
        case follow(Int, emptyRounds: Int)
        /// Undo of a save, once everything behind it has been followed.
        case restore(slot: Int, value: Int32)
    }

    private var current = Threads()
    private var next = Threads()
    /// Slots of the thread that is being followed; -1 where nothing was noted.
    private var slots: [Int32] = []
    private var found: [Int32] = []
    private var work: [Work] = []
    /// A mark for each instruction and number of empty rounds: reached at this place.
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
            // Where no starter stands no match begins, whatever is under way.
            if !hasMatched, !skips || place < subject.count && program.isStarter(subject[place]) {
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
        let marks = program.instructionCount * (program.loopDepth + 1)
        while stamps.count < marks { stamps.append(0) }
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
        work.append(.follow(start, emptyRounds: 0))
        while let item = work.popLast() {
            guard case .follow(let index, let emptyRounds) = item else {
                if case .restore(let slot, let value) = item { slots[slot] = value }
                continue
            }
            steps += 1
            let instruction = program.instruction(at: index)
            // What consumes a byte makes all rounds alike; up to there they are told apart.
            let waits = instruction.opcode == .bytes || instruction.opcode == .match
            let mark = index * (program.loopDepth + 1) + (waits ? 0 : emptyRounds)
            guard stamps[mark] != stamp else { continue }
            stamps[mark] = stamp
            switch instruction.opcode {
            case .bytes, .match:
                next.indices.append(UInt16(index))
                for slot in slots { next.slots.append(slot) }
            case .split:
                work.append(.follow(instruction.target, emptyRounds: emptyRounds))
                work.append(.follow(instruction.argument, emptyRounds: emptyRounds))
            case .save:
                work.append(.restore(slot: instruction.argument, value: slots[instruction.argument]))
                slots[instruction.argument] = Int32(place)
                work.append(.follow(instruction.target, emptyRounds: emptyRounds))
            case .loopStart:
                let begun = min(emptyRounds + 1, program.loopDepth)
                work.append(.follow(instruction.target, emptyRounds: begun))
            case .loopCheck:
                let isEmptyRound = emptyRounds > 0
                work.append(
                    isEmptyRound
                        ? .follow(instruction.target, emptyRounds: emptyRounds - 1)
                        : .follow(index + 1, emptyRounds: 0))
            case .assertion:
                let (left, right) = Self.context(program, subject, at: place)
                if instruction.assertion.holds(after: left, before: right) == true {
                    work.append(.follow(instruction.target, emptyRounds: emptyRounds))
                }
            }
        }
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
