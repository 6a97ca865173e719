// One entry of a plan, decoded.

internal import Bytes
internal import RuleStore

/// What the walk and the gates ask of an entry.
struct ScheduledEntry: Sendable {
    /// Index of the starter.
    let rule: Int
    /// The entry to go on with when the chain matched.
    let resume: Int
    /// nil unless the starter only compares a member of TX with a number.
    let steering: Steering?

    init(_ rule: RuleRecord, resume: Int, _ rules: RuleSetView) {
        self.rule = rule.index
        self.resume = resume
        steering = Steering(rule, rules)
    }
}

/// What a value must be and have for an entry.
struct EntryGate: Sendable {
    /// The step whose result the starter looks at; of one that looks at every step, the last.
    let step: Int32
    /// Whether the starter looks at what each step makes of a value.
    let looksAtEveryStep: Bool
    let classCount: UInt8
    let pairCount: UInt8
    /// Places of the classes and of the sets of pairs.
    let classes: UInt32
    let pairs: UInt32

    init(_ rule: RuleRecord, entry: Int, nodes: [Int], _ view: EvaluationPlanView) {
        step = Int32(nodes.firstIndex(of: rule.transformation) ?? 0)
        looksAtEveryStep = rule.matchesEveryTransformation
        let classes = view.classes(ofEntry: entry)
        let pairs = view.pairSets(ofEntry: entry)
        classCount = UInt8(classes.count)
        pairCount = UInt8(pairs.count)
        self.classes = UInt32(classes.offset)
        self.pairs = UInt32(pairs.offset)
    }
}
