// An evaluation plan with what a worker looks up again and again.

internal import Bytes
internal import RuleStore
internal import Synchronization

/// The entries, steps and sources of one plan, read once when a generation is opened.
final class PlanSchedule: Sendable {
    /// One transformation in the tree, behind the step it starts from.
    struct Step: Sendable {
        var parent: Int
        var name: TransformationName
        var triggers: UInt32
        var fillsEmptyValue: Bool
    }

    /// Entries that look at a value, and the steps that some of them ask for.
    struct Concern: Sendable {
        /// Place of the row of entries.
        var row: Int
        var entryCount: Int
        /// Closed under parents; step 0 is left out.
        var steps: StepSet
        /// What the steps look for in a value.
        var triggers: UInt32
    }

    /// A variable, and which entries look at which of its members.
    struct Source: Sendable {
        var variable: VariableName
        /// nil when no entry looks at every member.
        var concern: Concern?
        var selectors: [(selector: EvaluationSelector, concern: Concern)]
    }

    let view: EvaluationPlanView
    let entries: [ScheduledEntry]
    /// Entries at the head that do the same in every transaction.
    let openingCount: Int
    let gates: ContiguousArray<EntryGate>
    /// Tells plans apart for the life of the process.
    let number = PlanSchedule.counter.wrappingAdd(1, ordering: .relaxed).newValue
    private static let counter = Atomic<Int>(0)
    /// Step 0 stands for the value itself.
    let steps: [Step]
    let sources: [Source]
    /// For each step the entries that look at its result: it is their last one, or they look at each.
    let entriesOfStep: [[Int32]]
    /// For each profile of bytes a row of the entries that a value of such bytes may match.
    let profileRows: ContiguousArray<UInt64>

    init(_ rules: RuleSetView, _ plan: RulePlan) {
        let view = rules.evaluation(plan)
        let nodes = (0..<view.stepCount).map { view.node(ofStep: $0) }
        let steps = nodes.map { Self.step($0, nodes, rules) }
        let list = rules.plan(plan)
        let gates = ContiguousArray(
            (0..<list.count).map { EntryGate(rules.rule(list.rule($0)), entry: $0, nodes: nodes, view) })
        let entries = (0..<list.count).map { entry in
            ScheduledEntry(rules.rule(list.rule(entry)), resume: list.resume(entry), rules)
        }
        self.entries = entries
        openingCount = plan == .requestHeaders ? PlanOpening.length(entries, rules) : 0
        self.view = view
        self.steps = steps
        self.gates = gates
        entriesOfStep = Self.entriesOfStep(steps, gates)
        profileRows = Self.profileRows(gates, view)
        sources = (0..<view.sourceCount).map { index in
            let source = view.source(index)
            let own = Self.concern(row: source.row, steps, gates, view)
            return Source(
                variable: source.variable, concern: own.entryCount == 0 ? nil : own,
                selectors: source.selectors.map { index in
                    let selector = view.selector(index)
                    return (selector, Self.concern(row: selector.row, steps, gates, view))
                })
        }
    }

    private static func entriesOfStep(_ steps: [Step], _ gates: ContiguousArray<EntryGate>) -> [[Int32]] {
        var entries = [[Int32]](repeating: [], count: steps.count)
        for (entry, gate) in gates.enumerated() {
            var step = Int(gate.step)
            entries[step].append(Int32(entry))
            while gate.looksAtEveryStep, step > 0 {
                step = steps[step].parent
                entries[step].append(Int32(entry))
            }
        }
        return entries
    }

    private static func profileRows(
        _ gates: ContiguousArray<EntryGate>, _ view: EvaluationPlanView
    ) -> ContiguousArray<UInt64> {
        var rows = ContiguousArray<UInt64>(repeating: 0, count: ByteProfile.count * view.rowWords)
        for profile in 0..<ByteProfile.count {
            for (entry, gate) in gates.enumerated() where gate.mayOpen(for: profile, view) {
                rows[profile * view.rowWords + entry / 64] |= 1 << UInt64(entry % 64)
            }
        }
        return rows
    }

    private static func step(_ node: Int, _ nodes: [Int], _ rules: RuleSetView) -> Step {
        guard node > 0 else { return Step(parent: 0, name: .lowercase, triggers: 0, fillsEmptyValue: false) }
        let record = rules.transformation(node)
        // The validation has seen that the parent stands before its child.
        return Step(
            parent: nodes.firstIndex(of: record.parent) ?? 0, name: record.name,
            triggers: record.name.triggers.rawValue, fillsEmptyValue: record.name.fillsEmptyValue)
    }

    private static func concern(
        row: Int, _ steps: [Step], _ gates: ContiguousArray<EntryGate>, _ view: EvaluationPlanView,
        without left: [UInt64] = []
    ) -> Concern {
        var concern = Concern(row: row, entryCount: 0, steps: StepSet(), triggers: 0)
        for entry in gates.indices {
            var word = view.blob.loadUInt64(at: row + entry / 64 * 8)
            if !left.isEmpty { word &= ~left[entry / 64] }
            guard word >> UInt64(entry % 64) & 1 == 1 else { continue }
            concern.entryCount += 1
            var step = Int(gates[entry].step)
            while step > 0 {
                concern.steps.insert(step)
                concern.triggers |= steps[step].triggers
                step = steps[step].parent
            }
        }
        return concern
    }

    /// The sources as they are when some entries are left out.
    func sources(without left: [UInt64]) -> [Source] {
        sources.map { source in
            var source = source
            if let concern = source.concern {
                let rest = Self.concern(row: concern.row, steps, gates, view, without: left)
                source.concern = rest.entryCount == 0 ? nil : rest
            }
            for index in source.selectors.indices {
                let row = source.selectors[index].concern.row
                source.selectors[index].concern = Self.concern(row: row, steps, gates, view, without: left)
            }
            return source
        }
    }
}
