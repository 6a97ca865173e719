// A message that waits for its target's verdict stops its direction of the tunnel, and nothing else.

internal import Bytes
internal import Metrics
internal import Transport
internal import WebSocket

extension Tunnel {
    /// The verdict on the message that waits, or in asynchronous mode on one that has passed.
    mutating func targetAnswered(
        _ answer: Inquiry.Outcome, _ wait: MessageWait, _ direction: MessageDirection,
        _ worker: WorkerServices
    ) -> Outcome {
        guard state != .refused else { return settle(worker) }
        let outcome = MessageJudge.outcome(of: answer, wait, context, worker)
        if context.takeWait(direction, if: wait) {
            release(outcome, direction, worker)
        } else if outcome != .pass {
            refuse(.condemned, from: direction, worker)
        }
        countHeld(worker)
        return settle(worker)
    }

    private mutating func release(
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
    func messageAnswered(
        _ answer: Inquiry.Outcome, _ wait: MessageWait, _ direction: MessageDirection, of handle: SlotHandle
    ) {
        let outcome = tables.tunnels.with(handle) { $0.targetAnswered(answer, wait, direction, self) }
        if outcome == .gone { closeTunnel(handle) }
        relieveMessageMemory()
    }
}
