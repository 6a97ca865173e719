// Which rules of a phase may match which values, found before the rules are walked.

internal import Bytes
internal import RuleStore

/// Values of one phase, and for each entry of its plan the values that got through the entry's gate.
///
/// Belongs to one evaluation at a time; views are valid as long as the values are.
struct CandidateTable: ~Copyable {
    /// One value of a variable, as a rule's match names it.
    struct Member {
        var variable: VariableName
        var key: ByteView?
        var value: ByteView
        /// The XPath that found it, nil for all but XML.
        var path: ByteView?
        /// The next member with the same bytes and the same concerns, -1 at the end.
        var next: Int32
    }

    /// Members that are judged together.
    private struct Subject {
        var first: Int32
        var last: Int32
        var hash: UInt64
        /// Number of the source whose members have the same concerns; -1: not shared.
        var source: Int32
    }

    /// A value that an entry may match.
    struct Survivor {
        var subject: Int32
        /// The next survivor of the same entry, -1 at the end.
        var next: Int32
        /// No step changes the value.
        var isFixed: Bool
        /// After the entry's transformations where `isTransformed`, else as it is.
        var value: ByteView
        var isTransformed: Bool
    }

    private(set) var members: ContiguousArray<Member> = []
    private var subjects: ContiguousArray<Subject> = []
    private(set) var survivors: ContiguousArray<Survivor> = []
    private var first: ContiguousArray<Int32> = []
    private var last: ContiguousArray<Int32> = []
    /// Entries that have to be looked at when their turn comes.
    private(set) var candidates = BitRow(wordCount: 1)
    /// Entries that the value at hand concerns.
    private var concerns = BitRow(wordCount: 1)
    /// Steps that these entries ask for, and what the steps look for.
    private var steps = StepSet()
    private var triggers: UInt32 = 0
    private var concernCount = 0
    /// For so few entries the rows cost more than they save.
    private static let fewConcerns = 40
    private var left: [UInt64] = []
    private var gates = BitRow(wordCount: 1)
    private var passed = BitRow(wordCount: 1)
    private var pairs = PairPresence()
    private var pairsAreKnown = false
    private var variants = ValueVariants()
    private var shared = SharedSubjects()
    /// More survivors than the limit: nothing is ruled out any more.
    private(set) var isOverfull = false
    private(set) var rowWords = 1

    /// Survivors that are kept; past it every rule is tried on every value, as if there were no gates.
    static let mostSurvivors = 262_144

    /// - Parameter left: Entries for which no values are sought; one bit an entry.
    mutating func begin(_ plan: EvaluationPlanView, without left: [UInt64]) {
        if plan.rowWords > candidates.count {
            candidates = BitRow(wordCount: plan.rowWords)
            concerns = BitRow(wordCount: plan.rowWords)
            passed = BitRow(wordCount: plan.rowWords)
            gates = BitRow(wordCount: plan.rowWords * EvaluationPlanView.slotCount)
        } else if gates.count < plan.rowWords * EvaluationPlanView.slotCount {
            gates = BitRow(wordCount: plan.rowWords * EvaluationPlanView.slotCount)
        }
        rowWords = plan.rowWords
        candidates.assign(plan.blob, at: plan.unplannedOffset, words: rowWords)
        self.left = left
        for word in 0..<rowWords { candidates[word] |= left[word] }
        members.removeAll(keepingCapacity: true)
        subjects.removeAll(keepingCapacity: true)
        survivors.removeAll(keepingCapacity: true)
        shared.removeAll()
        isOverfull = false
        while first.count < plan.entryCount {
            first.append(-1)
            last.append(-1)
        }
        for entry in 0..<plan.entryCount { first[entry] = -1 }
    }

    /// The next entry at or behind `entry` that may match and does not steer in vain.
    ///
    /// - Parameter trimmed: Rules from which ctl took variables, one bit a rule; empty: none.
    func nextWorthwhile(
        from entry: Int, _ entries: [ScheduledEntry], _ tx: inout TransactionVariables,
        trimmed: ContiguousArray<UInt64>
    ) -> Int {
        var entry = entry
        while true {
            entry = nextCandidate(from: entry, count: entries.count)
            guard entry < entries.count, let steering = entries[entry].steering, !steering.holds(&tx),
                trimmed.isEmpty || trimmed[entries[entry].rule / 64] >> UInt64(entries[entry].rule % 64) & 1 == 0
            else { return entry }
            entry += 1
        }
    }

    /// The next entry at or behind `entry` that may match, `count` when there is none.
    private func nextCandidate(from entry: Int, count: Int) -> Int {
        guard !isOverfull, entry < count else { return entry }
        var word = entry >> 6
        var bits = candidates[word] & (~0 << UInt64(entry & 63))
        while bits == 0 {
            word += 1
            guard word < rowWords else { return count }
            bits = candidates[word]
        }
        return word * 64 + bits.trailingZeroBitCount
    }

    /// Whether the entry is to be tried on its survivors only.
    func knowsValues(of entry: Int) -> Bool { !isOverfull && first[entry] >= 0 }

    /// The first survivor of an entry, -1 when there is none.
    func firstSurvivor(of entry: Int) -> Int { Int(first[entry]) }

    func firstMember(of survivor: Survivor) -> Int { Int(subjects[Int(survivor.subject)].first) }

    /// The next member with the same bytes, -1 at the end.
    func nextMember(behind member: Int) -> Int { Int(members[member].next) }

    /// Sets the entries that the value at hand concerns.
    mutating func setConcern(_ concern: PlanSchedule.Concern, _ blob: ByteView) {
        concerns.assign(blob, at: concern.row, words: rowWords)
        steps = concern.steps
        triggers = concern.triggers
        concernCount = concern.entryCount
    }

    /// Adds further entries that it concerns.
    mutating func addConcern(_ concern: PlanSchedule.Concern, _ blob: ByteView) {
        concerns.formUnion(blob, at: concern.row, words: rowWords)
        steps.formUnion(concern.steps)
        triggers |= concern.triggers
        concernCount += concern.entryCount
    }

    /// Takes a value in whose concerns are set.
    ///
    /// - Parameters:
    ///   - source: Number of the source whose members all have these concerns, nil for others.
    ///   - apply: Gives what a transformation makes of bytes, nil when there is no room for it.
    mutating func add(
        _ member: Member, source: Int?, _ schedule: PlanSchedule,
        _ apply: (TransformationName, ByteView) -> ByteView?
    ) {
        guard !isOverfull else { return }
        for word in 0..<rowWords { concerns[word] &= ~left[word] }
        let number = Int32(members.count)
        let hash = shared.hash(member.value)
        if let source, let known = shared.find(hash, where: { isSame($0, member, hash, source) }) {
            members.append(member)
            members[Int(subjects[known].last)].next = number
            subjects[known].last = number
            return
        }
        members.append(member)
        let subject = subjects.count
        subjects.append(Subject(first: number, last: number, hash: hash, source: Int32(source ?? -1)))
        if source != nil { shared.insert(hash, subject) }
        judge(member.value, Int32(subject), schedule, apply)
        if survivors.count > Self.mostSurvivors { isOverfull = true }
    }

    private func isSame(_ subject: Int, _ member: Member, _ hash: UInt64, _ source: Int) -> Bool {
        subjects[subject].hash == hash && subjects[subject].source == Int32(source)
            && members[Int(subjects[subject].first)].value == member.value
    }

    // MARK: Gates

    private mutating func judge(
        _ value: ByteView, _ subject: Int32, _ schedule: PlanSchedule,
        _ apply: (TransformationName, ByteView) -> ByteView?
    ) {
        variants.begin(value)
        if variants.isFixed(under: triggers) {
            variants.passAll()
            addSurvivors(subject, 0, schedule)
            return
        }
        guard variants.run(steps, of: schedule.steps, apply) else {
            for word in 0..<rowWords { passed[word] = concerns[word] }
            appendAll(subject, value, isTransformed: false)
            return
        }
        for variant in variants.variants.indices { addSurvivors(subject, variant, schedule) }
    }

    /// Keeps the entries through whose gates the variant gets.
    private mutating func addSurvivors(_ subject: Int32, _ number: Int, _ schedule: PlanSchedule) {
        let plan = schedule.view
        let testsRows = concernCount > Self.fewConcerns
        let classesTested: Int
        if testsRows {
            gate(number, plan)
            classesTested = EvaluationPlanView.slotCount
        } else {
            passed.assign(
                plan.blob, at: plan.lengthRow(bytes: variants.variants[number].bytes.count), words: rowWords)
            for word in 0..<rowWords { passed[word] &= concerns[word] }
            classesTested = 0
        }
        pairsAreKnown = false
        for word in 0..<rowWords {
            var bits = passed[word]
            while bits != 0 {
                let entry = word * 64 + bits.trailingZeroBitCount
                bits &= bits - 1
                addSurvivor(schedule.gates[entry], entry, subject, number, classesTested, plan)
            }
        }
    }

    @inline(__always)
    private mutating func addSurvivor(
        _ gate: EntryGate, _ entry: Int, _ subject: Int32, _ number: Int, _ classesTested: Int,
        _ plan: EvaluationPlanView
    ) {
        guard gate.looksAtEveryStep || variants.variant(ofStep: Int(gate.step)) == number else { return }
        var offset = Int(gate.classes) + classesTested * 32
        var index = classesTested
        while index < Int(gate.classCount) {
            guard variants.variants[number].presence.intersects(plan.blob, at: offset) else { return }
            offset += 32
            index += 1
        }
        if gate.pairCount > 0, !hasPairsOfAll(gate, number, plan) { return }
        append(entry, subject, variants.variants[number].bytes, isTransformed: true)
    }

    /// Sets `passed` to the entries for which the variant is long enough and has a byte of the classes that
    /// are tested for all entries at once.
    private mutating func gate(_ number: Int, _ plan: EvaluationPlanView) {
        let slots = EvaluationPlanView.slotCount
        gates.assign(plan.blob, at: plan.freeOffset, words: rowWords * slots)
        let words = rowWords * slots
        variants.variants[number].presence.forEach { byte in
            gates.formUnion(plan.blob, at: plan.gatesOffset + Int(byte) * words * 8, words: words)
        }
        passed.assign(
            plan.blob, at: plan.lengthRow(bytes: variants.variants[number].bytes.count), words: rowWords)
        for word in 0..<rowWords {
            var bits = passed[word] & concerns[word]
            for slot in 0..<slots { bits &= gates[slot * rowWords + word] }
            passed[word] = bits
        }
    }

    private mutating func hasPairsOfAll(
        _ gate: EntryGate, _ number: Int, _ plan: EvaluationPlanView
    ) -> Bool {
        if !pairsAreKnown {
            pairs.collect(variants.variants[number].bytes)
            pairsAreKnown = true
        }
        for index in 0..<Int(gate.pairCount) {
            guard pairs.intersects(plan.blob, at: Int(gate.pairs) + index * BytePair.wordCount * 8) else { return false }
        }
        return true
    }

    private mutating func appendAll(_ subject: Int32, _ value: ByteView, isTransformed: Bool) {
        for word in 0..<rowWords {
            var bits = passed[word]
            while bits != 0 {
                append(word * 64 + bits.trailingZeroBitCount, subject, value, isTransformed: isTransformed)
                bits &= bits - 1
            }
        }
    }

    private mutating func append(_ entry: Int, _ subject: Int32, _ value: ByteView, isTransformed: Bool) {
        let number = Int32(survivors.count)
        if first[entry] < 0 {
            first[entry] = number
            candidates.insert(entry)
        } else {
            // Several variants of one value: a rule that looks at every step begins with the value itself.
            survivors[Int(last[entry])].next = number
        }
        last[entry] = number
        survivors.append(
            Survivor(
                subject: subject, next: -1, isFixed: variants.isFixed, value: value, isTransformed: isTransformed))
    }
}
