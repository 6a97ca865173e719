// @verifyCC, @verifyCPF, @verifySSN, @verifySVNR

internal import Automata
internal import Bytes

/// Whether some match of the pattern is a valid number of a kind.
enum NumberVerification {
    /// Tries match after match, each behind the beginning of the one before. The valid one stands in
    /// `scratch.groups`.
    static func find(
        _ program: CompiledProgram, in value: ByteView, _ scratch: EvaluationScratch,
        isValid: (ByteView) -> Bool
    ) -> OperatorAnswer {
        var answer = RegularExpression.matches(program, value, scratch)
        guard answer == .yes else { return answer }
        var budget = SearchBudget(program, steps: scratch.matcher.statistics.steps)
        var start = 0
        while start <= value.count {
            guard budget.allowsSearch(at: scratch.matcher.statistics.steps) else { return .tooMuchEffort }
            answer = RegularExpression.captures(program, value, scratch, startingAt: start)
            guard answer == .yes, let match = scratch.groups[0] else { return answer }
            if isValid(value[match]) { return .yes }
            start = match.lowerBound + 1
        }
        return .no
    }
}
