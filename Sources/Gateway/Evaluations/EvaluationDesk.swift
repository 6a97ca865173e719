// Takes turns: long evaluations, and between them everything else that the worker does.

internal import Automata
internal import Inspection
internal import Metrics
internal import Posix

/// The long evaluations of a worker. A few are under way at a time, others wait for a lane.
final class EvaluationDesk {
    private let scratch: EvaluationScratch
    private let matcher: PatternMatcher
    private var lanes: [EvaluationLane] = []
    private var waiting: [LongEvaluation] = []
    /// Lane of the last turn.
    private var last = 0

    init(scratch: EvaluationScratch, matcher: PatternMatcher) {
        self.scratch = scratch
        self.matcher = matcher
    }

    /// Whether `takeTurn` has something to do.
    var hasWork: Bool { !waiting.isEmpty || lanes.contains { $0.isBusy } }

    /// Starts an evaluation.
    ///
    /// - Returns: The verdict, if one turn was enough for it; else it will be told.
    func begin(_ evaluation: LongEvaluation) -> Verdict? {
        // One turn at a time, however many begin between two rounds of the loop.
        let isAlone = !hasWork
        guard isAlone, let lane = freeLane() else {
            waiting.append(evaluation)
            return nil
        }
        lane.begin(evaluation, matcher: matcher)
        return lane.run(on: scratch, microseconds: GatewayLimits.evaluationTurnMicroseconds)?.verdict
    }

    /// One turn of one evaluation.
    ///
    /// - Returns: Whether the evaluation goes on after it.
    func takeTurn() -> Bool {
        while !waiting.isEmpty, let lane = freeLane() {
            lane.begin(waiting.removeFirst(), matcher: matcher)
        }
        guard let lane = nextLane() else { return false }
        guard let ended = lane.run(on: scratch, microseconds: GatewayLimits.evaluationTurnMicroseconds) else {
            return true
        }
        if let verdict = ended.verdict { ended.ended(verdict) }
        return false
    }

    /// Nobody waits for its verdict any more: it is left as soon as the rule or value at hand is done with.
    func cancel(_ evaluation: LongEvaluation) {
        if let index = waiting.firstIndex(where: { $0 === evaluation }) {
            waiting.remove(at: index)
            return
        }
        guard let lane = lanes.first(where: { $0.evaluation === evaluation }) else { return }
        evaluation.transaction.abandonPhase()
        _ = lane.run(on: scratch, microseconds: nil)
    }

    private func nextLane() -> EvaluationLane? {
        for step in 1...max(1, lanes.count) {
            let number = (last + step) % max(1, lanes.count)
            guard number < lanes.count, lanes[number].isBusy else { continue }
            last = number
            return lanes[number]
        }
        return nil
    }

    private func freeLane() -> EvaluationLane? {
        if let lane = lanes.first(where: { !$0.isBusy }) { return lane }
        guard lanes.count < GatewayLimits.evaluationLanes else { return nil }
        do {
            let lane = try EvaluationLane()
            lanes.append(lane)
            return lane
        } catch {
            // Without memory for a stack the others' lanes have to do; with none at all nothing can be judged.
            precondition(!lanes.isEmpty, "no memory for a stack: \(error)")
            return nil
        }
    }
}
