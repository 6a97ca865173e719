// An evaluation plan with what a worker looks up again and again.

internal import Bytes
internal import RuleStore

/// The steps and sources of one plan, read once when a generation is opened.
struct PlanSchedule: Sendable {
    /// One transformation in the tree, behind the step it starts from.
    struct Step: Sendable {
        var parent: Int
        var name: TransformationName
        var triggers: UInt32
        var fillsEmptyValue: Bool
    }

    /// A variable, and which entries look at which of its members.
    struct Source: Sendable {
        var variable: VariableName
        var row: Int
        /// Whether some entry looks at every member.
        var hasRow: Bool
        var selectors: [EvaluationSelector]
    }

    let view: EvaluationPlanView
    /// Step 0 stands for the value itself.
    let steps: [Step]
    let sources: [Source]
    /// Triggers of all steps.
    let triggers: UInt32

    init(_ view: RuleSetView, _ plan: RulePlan) {
        let evaluation = view.evaluation(plan)
        self.view = evaluation
        let nodes = (0..<evaluation.stepCount).map { evaluation.node(ofStep: $0) }
        var steps: [Step] = []
        for node in nodes {
            guard node > 0 else {
                steps.append(Step(parent: 0, name: .lowercase, triggers: 0, fillsEmptyValue: false))
                continue
            }
            let record = view.transformation(node)
            // The validation has seen that the parent stands before its child.
            let parent = nodes.firstIndex(of: record.parent) ?? 0
            steps.append(
                Step(
                    parent: parent, name: record.name, triggers: record.name.triggers.rawValue,
                    fillsEmptyValue: record.name.fillsEmptyValue))
        }
        self.steps = steps
        triggers = steps.reduce(0) { $0 | $1.triggers }
        sources = (0..<evaluation.sourceCount).map { index in
            let source = evaluation.source(index)
            let words = 0..<evaluation.rowWords
            return Source(
                variable: source.variable, row: source.row,
                hasRow: words.contains { evaluation.blob.loadUInt64(at: source.row + $0 * 8) != 0 },
                selectors: source.selectors.map { evaluation.selector($0) })
        }
    }
}
