// Which rules of a phase may match which values, found before the rules are walked.

internal import Bytes
internal import RuleStore

/// Values of one phase, and for each entry of its plan the values that got through the entry's gate.
///
/// Belongs to one evaluation at a time; views are valid as long as the values are.
final class CandidateTable {
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
        var memo: ValueMemo.Place
    }

    private(set) var members: ContiguousArray<Member> = []
    private var subjects: ContiguousArray<Subject> = []
    private var lists = SurvivorLists()
    private var gates = ValueGates()
    /// What the value at hand concerns; to be set before it is added.
    var concerns = ConcernSet()
    private var left: [UInt64] = []
    private var shared = SharedSubjects()
    private var memo = ValueMemo()
    /// Whether values that come again are remembered; the outcome is the same without.
    var usesMemo = true
    private var focus = 0
    private var rowWords = 1
    /// More survivors than the limit: nothing is ruled out any more.
    private(set) var isOverfull = false

    /// Survivors that are kept; past it every rule is tried on every value, as if there were no gates.
    static let mostSurvivors = 262_144

    /// Gives memory back between two evaluations.
    func shrink() {
        members = []
        subjects = []
        lists.shrink()
    }

    func begin(_ plan: EvaluationPlanView, _ focus: PlanFocus) {
        rowWords = plan.rowWords
        self.focus = focus.number
        left = focus.left
        lists.begin(plan, without: left)
        gates.fit(plan)
        concerns.fit(words: rowWords)
        members.removeAll(keepingCapacity: true)
        subjects.removeAll(keepingCapacity: true)
        shared.removeAll()
        isOverfull = false
    }

    var survivors: ContiguousArray<Survivor> { lists.all }

    /// The next entry at or behind `entry` that may match and does not steer in vain.
    ///
    /// - Parameter trimmed: Rules from which ctl took variables, one bit a rule; empty: none.
    func nextWorthwhile(
        from entry: Int, _ entries: [ScheduledEntry], _ tx: inout TransactionVariables,
        trimmed: ContiguousArray<UInt64>
    ) -> Int {
        var entry = entry
        while true {
            if !isOverfull { entry = lists.nextCandidate(from: entry, count: entries.count) }
            guard entry < entries.count, let steering = entries[entry].steering, !steering.holds(&tx),
                trimmed.isEmpty || trimmed[entries[entry].rule / 64] >> UInt64(entries[entry].rule % 64) & 1 == 0
            else { return entry }
            entry += 1
        }
    }

    /// Whether the entry is to be tried on its survivors only.
    func knowsValues(of entry: Int) -> Bool { !isOverfull && lists.first(of: entry) >= 0 }

    /// The first survivor of an entry, -1 when there is none.
    func firstSurvivor(of entry: Int) -> Int { lists.first(of: entry) }

    func survivor(_ number: Int) -> Survivor { lists.all[number] }

    func firstMember(of survivor: Survivor) -> Int { Int(subjects[Int(survivor.subject)].first) }

    /// The next member with the same bytes, -1 at the end.
    func nextMember(behind member: Int) -> Int { Int(members[member].next) }

    /// The survivor was tried on its entry, whose operator looks at nothing but the value, and does not match.
    func ruleOut(_ survivor: Survivor) {
        memo.ruleOut(Int(survivor.entry), at: subjects[Int(survivor.subject)].memo)
    }

    /// It matches after all, in another of its forms.
    func admit(_ survivor: Survivor) {
        memo.admit(Int(survivor.entry), at: subjects[Int(survivor.subject)].memo)
    }

    /// Takes a value in whose concerns are set.
    ///
    /// - Parameters:
    ///   - source: Number of the source whose members all have these concerns, nil for others.
    ///   - apply: Gives what a transformation makes of bytes, nil when there is no room for it.
    func add(
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
        subjects.append(
            Subject(first: number, last: number, hash: hash, source: Int32(source ?? -1), memo: .none))
        if source != nil { shared.insert(hash, subject) }
        judge(member, subject, hash, schedule, apply)
        if lists.all.count > Self.mostSurvivors { isOverfull = true }
    }

    private func isSame(_ subject: Int, _ member: Member, _ hash: UInt64, _ source: Int) -> Bool {
        subjects[subject].hash == hash && subjects[subject].source == Int32(source)
            && members[Int(subjects[subject].first)].value == member.value
    }

    private func judge(
        _ member: Member, _ subject: Int, _ hash: UInt64, _ schedule: PlanSchedule,
        _ apply: (TransformationName, ByteView) -> ByteView?
    ) {
        let value = member.value
        guard usesMemo, let identity = concerns.identity, ValueMemo.admits(value, words: rowWords),
            member.variable.isMemorable(member.key)
        else {
            concerns.remove(left)
            gates.judge(value, subject: Int32(subject), concerns, schedule, into: &lists, apply)
            return
        }
        let known = memo.find(value, hash: hash, identity: identity, focus: focus)
        if !known.isNone {
            subjects[subject].memo = known
            guard concerns.narrow(to: memo.rows, from: memo.row(known)) > 0 else { return }
            gates.judge(value, subject: Int32(subject), concerns, schedule, into: &lists, apply)
            return
        }
        concerns.remove(left)
        let first = lists.all.count
        gates.judge(value, subject: Int32(subject), concerns, schedule, into: &lists, apply)
        let place = memo.insert(value, hash: hash, identity: identity, focus: focus)
        subjects[subject].memo = place
        for survivor in first..<lists.all.count { memo.admit(Int(lists.all[survivor].entry), at: place) }
    }
}
