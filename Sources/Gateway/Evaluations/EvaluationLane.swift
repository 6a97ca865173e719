// Where one long evaluation at a time is under way: a stack, and what the engine works on meanwhile.

internal import Automata
internal import Inspection
internal import Posix

/// Runs an evaluation turn by turn.
final class EvaluationLane {
    private let coroutine: Coroutine
    /// While the evaluation runs, what the worker's other evaluations work on; between its turns, its own.
    private var spare: EvaluationScratch?
    private(set) var evaluation: LongEvaluation?
    /// When the turn is over, in microseconds of the monotonic clock.
    private var turnEnd = Int64.max

    init() throws(SystemError) { coroutine = try Coroutine(stackBytes: GatewayLimits.evaluationStackBytes) }

    var isBusy: Bool { evaluation != nil }

    func begin(_ evaluation: LongEvaluation, matcher: PatternMatcher) {
        self.evaluation = evaluation
        spare = EvaluationScratch(matcher: matcher)
        coroutine.begin { evaluation.run() }
    }

    /// One turn.
    ///
    /// - Parameter microseconds: How long it may take; nil: to the end.
    /// - Returns: The evaluation if it has ended; the lane is free then.
    func run(on scratch: EvaluationScratch, microseconds: Int?) -> LongEvaluation? {
        guard let evaluation, let spare else { return nil }
        turnEnd = microseconds.map { MonotonicClock.microseconds() + Int64($0) } ?? .max
        scratch.trade(with: spare)
        scratch.pausePoint = { [unowned self] in
            if turnEnd != .max, MonotonicClock.microseconds() >= turnEnd { coroutine.suspend() }
        }
        let hasEnded = coroutine.resume()
        scratch.pausePoint = nil
        scratch.trade(with: spare)
        guard hasEnded else { return nil }
        self.evaluation = nil
        self.spare = nil
        return evaluation
    }
}
