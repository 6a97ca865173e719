// The lazy DFA: yes or no in one look at each byte, states made when they are first needed.

internal import Bytes

/// Searches with many programs under one budget of memory.
struct LazyAutomaton: ~Copyable {
    private var directory = ProgramDirectory()
    /// States before the first byte and behind a skip: one for each program and LeftContext.
    private var starts: [Int32] = []
    private static var startsPerProgram: Int { 4 }
    /// After so many skips their mean distance is looked at.
    private static var leastSkips: Int { 4 }
    private static var leastDistance: Int { 16 }
    private var table: StateTable
    private var builder = StateBuilder()
    private var members: [UInt16] = []
    private var hits: UInt64 = 0
    private var misses: UInt64 = 0
    private var flushes: UInt64 = 0

    init(budgetBytes: Int) { table = StateTable(budgetBytes: budgetBytes) }

    var statistics: MatcherStatistics {
        MatcherStatistics(
            hits: hits, misses: misses, flushes: flushes, steps: builder.steps,
            states: table.stateCount, cachedBytes: table.byteCount)
    }

    /// Forgets all programs and states, keeps the memory.
    mutating func forgetAll() {
        directory.removeAll()
        starts.removeAll(keepingCapacity: true)
        table.removeAll()
    }

    mutating func matches(_ program: PatternProgram, _ subject: ByteView) -> Bool {
        if program.flags.contains(.isAnchored), subject.isEmpty || !program.isStarter(subject[0]) {
            return false
        }
        var lastFresh = 0
        return search(program, subject, from: 0, always: false, &lastFresh)
    }

    /// A place at or behind `first` at which no match had begun and not ended yet, up to the place where the
    /// first one ends: the leftmost match begins there or behind. nil when there is no match.
    mutating func beginning(of program: PatternProgram, _ subject: ByteView, from first: Int) -> Int? {
        // At the very end only the empty match is left, which is quickly sought.
        guard first < subject.count else { return first }
        var lastFresh = first
        return search(program, subject, from: first, always: true, &lastFresh) ? lastFresh : nil
    }

    /// - Parameters:
    ///   - passesAlways: Whether each place is wanted at which nothing is under way.
    ///   - lastFresh: Set to the last such place.
    @inline(__always)
    private mutating func search(
        _ program: PatternProgram, _ subject: ByteView, from first: Int, always passesAlways: Bool,
        _ lastFresh: inout Int
    ) -> Bool {
        let entry = find(program)
        var end = subject.count
        if program.flags.contains(.tellsFinalLineFeed), end > 0, subject[end - 1] == 0x0A { end -= 1 }
        var index = first
        var state = start(entry, first == 0 ? .textStart : program.leftContext(behind: subject[first - 1]))
        // Passing over bytes pays only where starters are far apart.
        var skips = 0
        var passesStarters = true
        while true {
            if state < 0 {
                if state <= Transition.lost {
                    hits &+= UInt64(index)
                    return state == Transition.matched
                }
                let from = index
                skips += 1
                if !passesAlways, skips > Self.leastSkips, index < skips * Self.leastDistance {
                    passesStarters = false
                }
                index = Self.skip(program, subject, from: index, to: end)
                lastFresh = index
                if index == end, end == subject.count {
                    hits &+= UInt64(index)
                    return false
                }
                if index > from {
                    state = start(entry, program.leftContext(behind: subject[index - 1]))
                    if state <= Transition.lost { continue }
                }
                state = -state
            }
            var next = Transition.unknown
            walk(
                program, subject, state: &state, index: &index, end: end, next: &next,
                passesStarters: passesStarters)
            if index == end { break }
            if next == Transition.unknown {
                let column = program.byteClass(of: subject[index])
                next = makeTransition(entry, from: state, column: column)
            }
            state = next
            index += 1
        }
        hits &+= UInt64(index)
        return endsInMatch(entry, program, state, hasFinalLineFeed: end < subject.count)
    }

    /// Follows known transitions up to `end` or to one that is no plain row; that is `next` then.
    @inline(__always)
    private func walk(
        _ program: PatternProgram, _ subject: ByteView, state: inout Int32, index: inout Int,
        end: Int, next: inout Int32, passesStarters: Bool
    ) {
        let classes = program.bytes[ProgramFormat.classesOffset..<ProgramFormat.classesOffset + 256]
        precondition(end <= subject.count, "the walk would leave the subject")
        // SAFETY: places are below `end`; a byte's class is one of the 256; a row of the table has a cell for
        // each class of its program (``PatternProgram`` is validated, ``StateTable/add``).
        unsafe subject.withUnsafeBytes { bytes in
            unsafe classes.withUnsafeBytes { classes in
                unsafe table.words.withUnsafeBufferPointer { rows in
                    var row = state
                    var place = index
                    while place < end {
                        let value = unsafe rows[Int(row) + Int(classes[Int(bytes[place])])]
                        let magnitude = passesStarters ? value : value < 0 ? 0 &- value : value
                        guard Transition.isRow(magnitude) else {
                            next = value
                            break
                        }
                        row = magnitude
                        place += 1
                    }
                    state = row
                    index = place
                }
            }
        }
    }

    /// The next place at which a match may begin.
    @inline(__always)
    private static func skip(
        _ program: PatternProgram, _ subject: ByteView, from index: Int, to end: Int
    ) -> Int {
        let starters = program.bytes[ProgramFormat.startersOffset..<ProgramFormat.startersOffset + 256]
            .span
        let bytes = subject.span
        var place = index
        while place < end, starters[Int(bytes[place])] == 0 { place += 1 }
        return place
    }

    private mutating func endsInMatch(
        _ entry: Int, _ program: PatternProgram, _ state: Int32, hasFinalLineFeed: Bool
    ) -> Bool {
        var state = state
        if hasFinalLineFeed {
            state = transition(entry, from: state, column: program.classCount + 1)
            if state <= Transition.lost { return state == Transition.matched }
            state = abs(state)
        }
        return transition(entry, from: state, column: program.classCount) == Transition.matched
    }

    private mutating func transition(_ entry: Int, from state: Int32, column: Int) -> Int32 {
        let known = table.words[Int(state) + column]
        return known != Transition.unknown
            ? known : makeTransition(entry, from: state, column: column)
    }
}

extension LazyAutomaton {
    /// The number of a program, given when it is met for the first time.
    @inline(__always)
    private mutating func find(_ program: PatternProgram) -> Int {
        if let known = directory.find(program) { return known }
        for _ in 0..<Self.startsPerProgram { starts.append(Transition.unknown) }
        return directory.add(program)
    }

    @inline(__always)
    private mutating func start(_ entry: Int, _ left: LeftContext) -> Int32 {
        let known = starts[entry * Self.startsPerProgram + Int(left.rawValue)]
        return known != Transition.unknown ? known : makeStart(entry, left)
    }

    @inline(never)
    private mutating func makeStart(_ entry: Int, _ left: LeftContext) -> Int32 {
        let program = directory[entry]
        builder.begin(program)
        builder.follow(program, from: program.start, left: left, right: nil)
        let value = state(entry, left: left, isFresh: true)
        starts[entry * Self.startsPerProgram + Int(left.rawValue)] = value
        return value
    }

    /// Works out where `column` leads from `state` and notes it there, unless that took a flush.
    @inline(never)
    private mutating func makeTransition(_ entry: Int, from state: Int32, column: Int) -> Int32 {
        misses += 1
        let flushesBefore = flushes
        let value = successor(entry, of: state, column: column)
        if flushes == flushesBefore { table.setTransition(from: state, column: column, to: value) }
        return value
    }

    private mutating func successor(_ entry: Int, of state: Int32, column: Int) -> Int32 {
        let program = directory[entry]
        let context = table.load(state, columns: program.columns, into: &members)
        let (right, byteClass) = Self.meaning(of: column, in: program)
        if context & Self.waiting != 0 {
            let left = LeftContext(rawValue: UInt8(context & 3)) ?? .other
            builder.begin(program)
            for index in members {
                let instruction = program.instruction(at: Int(index))
                if instruction.opcode != .assertion {
                    builder.insert(Int(index))
                } else if instruction.assertion.holds(after: left, before: right) == true {
                    builder.follow(program, from: instruction.target, left: left, right: right)
                }
            }
            builder.drain(into: &members)
            if builder.isAccepting { return Transition.matched }
        }
        guard let byteClass else { return Transition.lost }
        return step(entry, program, byteClass: byteClass, left: right.asLeft)
    }

    /// Consumes a byte of `byteClass` from `members`, and lets a match begin behind it.
    private mutating func step(
        _ entry: Int, _ program: PatternProgram, byteClass: Int, left: LeftContext
    ) -> Int32 {
        builder.begin(program)
        builder.count(steps: members.count)
        var isFresh = true
        for index in members {
            let instruction = program.instruction(at: Int(index))
            guard instruction.opcode == .bytes,
                program.set(instruction.argument, contains: byteClass)
            else { continue }
            builder.follow(program, from: instruction.target, left: left, right: nil)
            isFresh = false
        }
        builder.follow(program, from: program.start, left: left, right: nil)
        return self.state(entry, left: left, isFresh: isFresh)
    }

    /// Set in a state's context when an assertion waits for what follows.
    private static var waiting: Int32 { 8 }

    private static func meaning(
        of column: Int, in program: PatternProgram
    ) -> (RightContext, byteClass: Int?) {
        if column < program.classCount { return (program.context(ofClass: column), column) }
        if column == program.classCount { return (.textEnd, nil) }
        return (.finalLineFeed, program.byteClass(of: 0x0A))
    }

    /// The transition to the state that the builder holds, which is made if it is new.
    private mutating func state(_ entry: Int, left: LeftContext, isFresh: Bool) -> Int32 {
        let isAccepting = builder.isAccepting
        let isWaiting = builder.isWaiting
        builder.drain(into: &members)
        if isAccepting { return Transition.matched }
        let program = directory[entry]
        if members.isEmpty, !program.flags.contains(.beginsAtLines) { return Transition.lost }
        // Without a waiting assertion the left side has already been used up.
        let context = isWaiting ? Int32(left.rawValue) | Self.waiting : 0
        let key = StateTable.Key(program: Int32(entry), context: context)
        let columns = program.columns
        let hash = Self.hash(key, members)
        let row: Int32
        if let known = table.find(key, members, columns: columns, hash: hash) {
            row = known
        } else {
            if !table.hasRoom(columns: columns, memberCount: members.count) { flush() }
            row = table.add(key, members, columns: columns, hash: hash)
        }
        return isFresh && program.flags.contains(.skipsToStarter) ? -row : row
    }

    private static func hash(_ key: StateTable.Key, _ members: [UInt16]) -> UInt32 {
        var hash = UInt64(UInt32(bitPattern: key.program)) << 8 | UInt64(key.context)
        for member in members { hash = (hash ^ UInt64(member)) &* 0x9E37_79B9_7F4A_7C15 }
        return UInt32(truncatingIfNeeded: hash >> 32)
    }

    private mutating func flush() {
        flushes += 1
        table.removeAll()
        for index in starts.indices { starts[index] = Transition.unknown }
    }
}
