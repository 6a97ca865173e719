// A message that waits for a verdict stops its direction of the tunnel, and nothing else.

internal import Bytes
internal import Inspection
internal import Metrics
internal import Transport
internal import WebSocket

extension Tunnel {
    /// The rules have judged a message that took them several turns; its target is asked after them.
    mutating func judged(_ evaluation: MessageEvaluation, _ verdict: Verdict, _ worker: WorkerServices)
        -> Outcome
    {
        let direction = evaluation.direction
        var outcome = evaluation.conclude(verdict, context, worker)
        guard context.takeWait(direction, if: evaluation) else { return settle(worker) }
        if outcome == .pass, context.checks.asksTarget {
            outcome = MessageJudge.askTarget(
                evaluation.message, direction, index: evaluation.index, context, worker)
        }
        if outcome != .wait { release(outcome, direction, worker) }
        countHeld(worker)
        return settle(worker)
    }

    /// The stages of the pipeline are done with a message for which one of them waited.
    mutating func judged(_ course: MessageCourse, _ found: MessageOutcome, _ worker: WorkerServices)
        -> Outcome
    {
        guard context.takeWait(course.direction, if: course) else { return settle(worker) }
        var outcome = found
        if outcome == .pass, context.checks.asksTarget {
            outcome = course.askTargetAfterwards(worker)
        }
        if outcome != .wait { release(outcome, course.direction, worker) }
        countHeld(worker)
        return settle(worker)
    }

    /// The message that waits may go its way, or not; then what came behind it.
    mutating func release(
        _ outcome: MessageOutcome, _ direction: MessageDirection, _ worker: WorkerServices
    ) {
        let refusal: Refusal?
        switch direction {
        case .fromClient:
            refusal = FrameRelay.resume(outcome, direction, from: &client, to: &server, context, worker)
        case .fromServer:
            refusal = FrameRelay.resume(outcome, direction, from: &server, to: &client, context, worker)
        }
        if let refusal { refuse(refusal, from: direction, worker) }
    }

    /// A broken socket would be told of in every turn of the loop while its message waits.
    mutating func whileWaiting(
        _ event: Readiness, _ direction: MessageDirection, _ worker: WorkerServices
    ) -> Bool {
        let isWaiting = direction == .fromClient ? client.isWaiting : server.isWaiting
        if isWaiting, event.isBroken { ended(direction, worker) }
        return isWaiting
    }
}

extension WorkerServices {
    func messageJudged(_ course: MessageCourse, _ found: MessageOutcome, of handle: SlotHandle) {
        let outcome = tables.tunnels.with(handle) { $0.judged(course, found, self) }
        if outcome == .gone { closeTunnel(handle) }
        relieveMessageMemory()
    }

    /// A stage of one of the tunnel's messages waits for that time; its timers are told apart by the time itself.
    func setStageTimer(_ milliseconds: Int?, of handle: SlotHandle) {
        guard let milliseconds else { return }
        wheel.insert(ConnectionKind.tunnelServer.token(handle), deadline: now + milliseconds)
    }

    func stageTimerFired(_ handle: SlotHandle) {
        guard let context = tables.tunnels.with(handle, { $0.context }) else { return }
        for wait in context.waits { (wait as? MessageCourse)?.timerFired() }
    }

    func messageJudged(_ evaluation: MessageEvaluation, _ verdict: Verdict, of handle: SlotHandle) {
        let outcome = tables.tunnels.with(handle) { $0.judged(evaluation, verdict, self) }
        if outcome == .gone { closeTunnel(handle) }
        relieveMessageMemory()
    }
}
