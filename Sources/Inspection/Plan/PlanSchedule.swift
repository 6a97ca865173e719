// An evaluation plan with what a worker looks up again and again.

internal import Bytes
internal import RuleStore

/// The steps and sources of one plan, read once when a generation is opened.
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
    /// Step 0 stands for the value itself.
    let steps: [Step]
    let sources: [Source]

    init(_ rules: RuleSetView, _ plan: RulePlan) {
        let view = rules.evaluation(plan)
        let steps = Self.steps(of: view, rules)
        self.view = view
        self.steps = steps
        sources = (0..<view.sourceCount).map { index in
            let source = view.source(index)
            let own = Self.concern(row: source.row, steps, view)
            return Source(
                variable: source.variable, concern: own.isEmpty ? nil : own.concern,
                selectors: source.selectors.map { index in
                    let selector = view.selector(index)
                    return (selector, Self.concern(row: selector.row, steps, view).concern)
                })
        }
    }

    private static func steps(of view: EvaluationPlanView, _ rules: RuleSetView) -> [Step] {
        let nodes = (0..<view.stepCount).map { view.node(ofStep: $0) }
        return nodes.map { node in
            guard node > 0 else {
                return Step(parent: 0, name: .lowercase, triggers: 0, fillsEmptyValue: false)
            }
            let record = rules.transformation(node)
            // The validation has seen that the parent stands before its child.
            return Step(
                parent: nodes.firstIndex(of: record.parent) ?? 0, name: record.name,
                triggers: record.name.triggers.rawValue, fillsEmptyValue: record.name.fillsEmptyValue)
        }
    }

    private static func concern(
        row: Int, _ steps: [Step], _ view: EvaluationPlanView
    ) -> (concern: Concern, isEmpty: Bool) {
        let words = 0..<view.rowWords
        func word(_ place: Int, _ word: Int) -> UInt64 { view.blob.loadUInt64(at: place + word * 8) }
        var concern = Concern(row: row, steps: StepSet(), triggers: 0)
        for step in steps.indices.dropFirst() {
            guard words.contains(where: { word(row, $0) & word(view.stepRow(step), $0) != 0 }) else { continue }
            var step = step
            while step > 0 {
                concern.steps.insert(step)
                concern.triggers |= steps[step].triggers
                step = steps[step].parent
            }
        }
        return (concern, !words.contains { word(row, $0) != 0 })
    }
}
