// The gates: which entries of a plan a value may match, told from its length and its bytes.

internal import Bytes
internal import RuleStore

/// Judges values one by one; reused for all values of a worker.
///
/// A value is taken through the transformations that somebody asks for, few of which change it; each
/// different result is held against the entries that look at it.
struct ValueGates: ~Copyable {
    private var gates = BitRow(wordCount: 1)
    private var passed = BitRow(wordCount: 1)
    private var pairs = PairPresence()
    private var pairsAreKnown = false
    private var variants = ValueVariants()
    private var words = 1

    /// For so few entries the rows cost more than they save.
    private static let fewEntries = 40

    mutating func fit(_ plan: EvaluationPlanView) {
        words = plan.rowWords
        if words > passed.count { passed = BitRow(wordCount: words) }
        let gateWords = words * EvaluationPlanView.slotCount
        if gateWords > gates.count { gates = BitRow(wordCount: gateWords) }
    }

    /// Adds what gets through to `survivors`.
    ///
    /// - Parameter apply: Gives what a transformation makes of bytes, nil when there is no room for it.
    mutating func judge(
        _ value: ByteView, subject: Int32, _ concerns: borrowing ConcernSet, _ schedule: PlanSchedule,
        into survivors: inout SurvivorLists, _ apply: (TransformationName, ByteView) -> ByteView?
    ) {
        variants.begin(value)
        if !variants.isFixed(under: concerns.triggers) {
            guard variants.run(concerns.steps, of: schedule.steps, apply) else {
                passAll(value, subject, concerns, into: &survivors)
                return
            }
        }
        passValue(subject, concerns, schedule, into: &survivors)
        for number in 1..<variants.all.count { passVariant(number, subject, concerns, schedule, into: &survivors) }
    }

    /// There was no room to transform: no entry is ruled out.
    private func passAll(
        _ value: ByteView, _ subject: Int32, _ concerns: borrowing ConcernSet, into survivors: inout SurvivorLists
    ) {
        for word in 0..<words {
            var bits = concerns.row[word]
            while bits != 0 {
                let entry = word * 64 + bits.trailingZeroBitCount
                bits &= bits - 1
                survivors.append(
                    Survivor(
                        subject: subject, next: -1, entry: Int32(entry), isFixed: false, isTransformed: false,
                        value: value))
            }
        }
    }

    /// Takes the value itself to the entries none of whose steps changes it, which are most.
    private mutating func passValue(
        _ subject: Int32, _ concerns: borrowing ConcernSet, _ schedule: PlanSchedule,
        into survivors: inout SurvivorLists
    ) {
        let plan = schedule.view
        let bytes = variants.all[0].bytes
        passed.assign(plan.blob, at: plan.lengthRow(bytes: bytes.count), words: words)
        var count = 0
        let profile = variants.all[0].profile.map { $0 * words }
        for word in 0..<words {
            passed[word] &= concerns.row[word] & (profile.map { schedule.profileRows[$0 + word] } ?? ~0)
            count += passed[word].nonzeroBitCount
        }
        let testsRows = count > Self.fewEntries
        if testsRows { passRows(plan) }
        let classesTested = testsRows ? EvaluationPlanView.slotCount : 0
        let isOnly = variants.all.count == 1
        pairsAreKnown = false
        for word in 0..<words {
            var bits = passed[word]
            while bits != 0 {
                let entry = word * 64 + bits.trailingZeroBitCount
                bits &= bits - 1
                let gate = schedule.gates[entry]
                guard isOnly || gate.looksAtEveryStep || variants.variant(ofStep: Int(gate.step)) == 0,
                    opens(gate, 0, classesTested, plan)
                else { continue }
                survivors.append(
                    Survivor(
                        subject: subject, next: -1, entry: Int32(entry), isFixed: isOnly, isTransformed: true,
                        value: bytes))
            }
        }
    }

    /// Takes what some steps make of the value to the few entries that look at it.
    private mutating func passVariant(
        _ number: Int, _ subject: Int32, _ concerns: borrowing ConcernSet, _ schedule: PlanSchedule,
        into survivors: inout SurvivorLists
    ) {
        let plan = schedule.view
        let bytes = variants.all[number].bytes
        passed.assign(plan.blob, at: plan.lengthRow(bytes: bytes.count), words: words)
        for word in 0..<words { passed[word] &= concerns.row[word] }
        pairsAreKnown = false
        _ = variants.all[number].steps.forEach { step in
            pass(number, to: schedule.entriesOfStep[step], subject, schedule, into: &survivors)
            return true
        }
    }

    private mutating func pass(
        _ number: Int, to entries: [Int32], _ subject: Int32, _ schedule: PlanSchedule,
        into survivors: inout SurvivorLists
    ) {
        for entry in entries where passed.contains(Int(entry)) {
            // Several steps of one entry may give the same.
            passed.remove(Int(entry))
            guard opens(schedule.gates[Int(entry)], number, 0, schedule.view) else { continue }
            survivors.append(
                Survivor(
                    subject: subject, next: -1, entry: entry, isFixed: false, isTransformed: true,
                    value: variants.all[number].bytes))
        }
    }

    /// Keeps the entries of whose classes the value has bytes, as far as these are tested for all entries at
    /// once.
    private mutating func passRows(_ plan: EvaluationPlanView) {
        let slots = EvaluationPlanView.slotCount
        let gateWords = words * slots
        gates.assign(plan.blob, at: plan.freeOffset, words: gateWords)
        variants.all[0].presence.forEach { byte in
            gates.formUnion(plan.blob, at: plan.gatesOffset + Int(byte) * gateWords * 8, words: gateWords)
        }
        for word in 0..<words {
            var bits = passed[word]
            for slot in 0..<slots { bits &= gates[slot * words + word] }
            passed[word] = bits
        }
    }

    /// Whether the variant has a byte of each class and a pair of each set.
    @inline(__always)
    private mutating func opens(
        _ gate: EntryGate, _ number: Int, _ classesTested: Int, _ plan: EvaluationPlanView
    ) -> Bool {
        var offset = Int(gate.classes) + classesTested * 32
        var index = classesTested
        while index < Int(gate.classCount) {
            guard variants.all[number].presence.intersects(plan.blob, at: offset) else { return false }
            offset += 32
            index += 1
        }
        return gate.pairCount == 0 || hasPairsOfAll(gate, number, plan)
    }

    private mutating func hasPairsOfAll(_ gate: EntryGate, _ number: Int, _ plan: EvaluationPlanView) -> Bool {
        if !pairsAreKnown {
            pairs.collect(variants.all[number].bytes)
            pairsAreKnown = true
        }
        for index in 0..<Int(gate.pairCount) {
            guard pairs.intersects(plan.blob, at: Int(gate.pairs) + index * BytePair.wordCount * 8) else {
                return false
            }
        }
        return true
    }
}
