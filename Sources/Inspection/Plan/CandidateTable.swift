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
    private var gates = BitRow(wordCount: 1)
    private var passed = BitRow(wordCount: 1)
    /// A row for each variant.
    private var stepRows = BitRow(wordCount: 1)
    private var pairs = BitRow(wordCount: BytePair.wordCount)
    private var variants = ValueVariants()
    private var shared = SharedSubjects()
    /// More survivors than the limit: nothing is ruled out any more.
    private(set) var isOverfull = false
    private(set) var rowWords = 1

    /// Survivors that are kept; past it every rule is tried on every value, as if there were no gates.
    static let mostSurvivors = 262_144

    mutating func begin(_ plan: EvaluationPlanView) {
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

    /// The next entry at or behind `entry` that may match, `count` when there is none.
    func nextCandidate(from entry: Int, count: Int) -> Int {
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

    /// Sets the entries that the value at hand concerns.
    mutating func setConcern(_ concern: PlanSchedule.Concern, _ blob: ByteView) {
        concerns.assign(blob, at: concern.row, words: rowWords)
        steps = concern.steps
        triggers = concern.triggers
    }

    /// Adds further entries that it concerns.
    mutating func addConcern(_ concern: PlanSchedule.Concern, _ blob: ByteView) {
        concerns.formUnion(blob, at: concern.row, words: rowWords)
        steps.formUnion(concern.steps)
        triggers |= concern.triggers
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
        let plan = schedule.view
        variants.begin(value)
        if variants.isFixed(under: triggers) {
            gate(0, plan)
            addSurvivors(subject, value, plan)
            return
        }
        guard variants.run(steps, of: schedule.steps, apply) else {
            for word in 0..<rowWords { passed[word] = concerns[word] }
            appendAll(subject, value, isTransformed: false)
            return
        }
        collectStepRows(plan)
        for variant in variants.variants.indices {
            gate(variant, plan)
            for word in 0..<rowWords { passed[word] &= stepRows[variant * rowWords + word] }
            addSurvivors(subject, variants.variants[variant].bytes, plan)
        }
    }

    /// For each variant the entries that look at one of the steps which gave it.
    private mutating func collectStepRows(_ plan: EvaluationPlanView) {
        let words = variants.variants.count * rowWords
        if stepRows.count < words { stepRows = BitRow(wordCount: words * 2) }
        stepRows.clear(words, from: 0)
        stepRows.formUnion(plan.blob, at: plan.stepRow(0), words: rowWords)
        _ = steps.forEach { step in
            let first = variants.variant(ofStep: step) * rowWords
            stepRows.formUnion(plan.blob, at: plan.stepRow(step), words: rowWords, into: first)
            return true
        }
    }

    /// Sets `passed` to the entries whose length and classes the variant has.
    private mutating func gate(_ number: Int, _ plan: EvaluationPlanView) {
        let variant = variants.variants[number]
        let slots = EvaluationPlanView.slotCount
        gates.assign(plan.blob, at: plan.freeOffset, words: rowWords * slots)
        for index in 0..<variant.distinctCount {
            let byte = variants.distinct[number * 256 + index]
            gates.formUnion(plan.blob, at: plan.gateRows(byte: byte), words: rowWords * slots)
        }
        passed.assign(plan.blob, at: plan.lengthRow(bytes: variant.bytes.count), words: rowWords)
        for word in 0..<rowWords {
            var bits = passed[word] & concerns[word]
            for slot in 0..<slots { bits &= gates[slot * rowWords + word] }
            passed[word] = bits
        }
    }

    /// Keeps of `passed` what has the pairs, too.
    private mutating func addSurvivors(_ subject: Int32, _ value: ByteView, _ plan: EvaluationPlanView) {
        var hasPairs = false
        for word in 0..<rowWords {
            var bits = passed[word]
            while bits != 0 {
                let entry = word * 64 + bits.trailingZeroBitCount
                bits &= bits - 1
                let sets = plan.pairSets(ofEntry: entry)
                if sets.count > 0 {
                    if !hasPairs {
                        collectPairs(of: value)
                        hasPairs = true
                    }
                    guard hasPairsOfAll(sets, plan) else { continue }
                }
                append(entry, subject, value, isTransformed: true)
            }
        }
    }

    private func hasPairsOfAll(_ sets: (offset: Int, count: Int), _ plan: EvaluationPlanView) -> Bool {
        for index in 0..<sets.count {
            let offset = sets.offset + index * BytePair.wordCount * 8
            if !pairs.intersects(plan.blob, at: offset, words: BytePair.wordCount) { return false }
        }
        return true
    }

    private mutating func collectPairs(of value: ByteView) {
        pairs.removeAll()
        guard value.count > 1 else { return }
        let span = value.span
        var before = span[0]
        for index in 1..<span.count {
            let byte = span[index]
            pairs.insert(BytePair.bucket(before, byte))
            before = byte
        }
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
        survivors.append(Survivor(subject: subject, next: -1, value: value, isTransformed: isTransformed))
    }
}
