// @rxGlobal

internal import Automata
internal import Bytes

/// `@rx` that captures match after match.
enum GlobalExpression {
    /// Calls `body` with the number and the place of each capture: whole match and groups of the first
    /// match, then of the next, up to `limit` in all. Empty matches behind the first are passed over.
    static func forEachCapture(
        _ program: CompiledProgram, in value: ByteView, _ scratch: EvaluationScratch, limit: Int,
        _ body: (Int, Range<Int>?) -> Void
    ) {
        var budget = SearchBudget(program, steps: scratch.matcher.statistics.steps)
        var start = 0
        var number = 0
        while start <= value.count, number < limit,
            budget.allowsSearch(at: scratch.matcher.statistics.steps)
        {
            guard RegularExpression.captures(program, value, scratch, startingAt: start) == .yes,
                let match = scratch.groups[0]
            else { return }
            if number == 0 || !match.isEmpty {
                for group in scratch.groups where number < limit {
                    body(number, group)
                    number += 1
                }
            }
            start = match.isEmpty ? match.upperBound + 1 : match.upperBound
        }
    }
}
