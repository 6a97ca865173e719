// @rx

internal import Automata
internal import Bytes

/// Whether the pattern matches anywhere in the value: bytes, `.` takes every byte, `$` is the very end.
enum RegularExpression {
    static func matches(
        _ program: CompiledProgram, _ value: ByteView, _ scratch: EvaluationScratch
    ) -> OperatorAnswer {
        switch program {
        case .pattern(let pattern): OperatorAnswer(scratch.matcher.matches(pattern, value))
        case .backtracking(let pattern): answer(scratch.backtracking.match(pattern, value))
        case .phrases, .addresses, .byteSet, .locations, .grammar: .no
        }
    }

    /// The places of the whole match and its groups in `scratch.groups`; false when nothing matches.
    static func captures(
        _ program: CompiledProgram, _ value: ByteView, _ scratch: EvaluationScratch,
        startingAt start: Int = 0
    ) -> OperatorAnswer {
        switch program {
        case .pattern(let pattern):
            OperatorAnswer(
                scratch.matcher.captures(pattern, value, into: &scratch.groups, startingAt: start))
        case .backtracking(let pattern):
            answer(
                scratch.backtracking.captures(pattern, value, into: &scratch.groups, startingAt: start))
        case .phrases, .addresses, .byteSet, .locations, .grammar: .no
        }
    }

    private static func answer(_ outcome: BacktrackingMatcher.Outcome) -> OperatorAnswer {
        switch outcome {
        case .noMatch: .no
        case .match: .yes
        case .limitExceeded: .tooMuchEffort
        }
    }
}
