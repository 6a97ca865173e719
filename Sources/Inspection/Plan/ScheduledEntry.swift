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
    /// A match changes nothing but MATCHED_VAR and where the walk goes on.
    let onlyJumps: Bool
    /// What the starter's operator says of a value depends on nothing but the value.
    let judgesValueAlone: Bool

    init(_ rule: RuleRecord, resume: Int, _ rules: RuleSetView) {
        self.rule = rule.index
        self.resume = resume
        steering = Steering(rule, rules)
        onlyJumps =
            rule.actions.isEmpty && !rule.isChained && !rule.captures && !rule.logs && !rule.auditLogs
            && rule.severity == nil && rule.disruption == .pass
        judgesValueAlone = rule.program.map { rules.program($0).kind != .backtracking } ?? true
            && !rule.isAction && rule.operatorName.judgesValueAlone
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

    /// Whether a value that is made of the bytes of a profile may get through.
    func mayOpen(for profile: Int, _ view: EvaluationPlanView) -> Bool {
        let hasClasses = (0..<Int(classCount)).allSatisfy { index in
            ByteProfile.meetsClass(profile, view.blob, at: Int(classes) + index * 32)
        }
        return hasClasses
            && (0..<Int(pairCount)).allSatisfy { index in
                ByteProfile.meetsPairs(profile, view.blob, at: Int(pairs) + index * BytePair.wordCount * 8)
            }
    }
}
