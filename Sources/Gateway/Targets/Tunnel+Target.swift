// What a target has said of a message.

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
