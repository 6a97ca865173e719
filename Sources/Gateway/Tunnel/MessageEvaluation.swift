// One message under the rules: short ones at once, long ones in turns between other connections' events.

internal import Bytes
internal import Inspection
internal import RuleStore
internal import WebSocket

/// A message that is being judged in turns. What was received it in is used for others meanwhile, so it keeps a
/// copy of what the rules see.
final class MessageEvaluation: PendingVerdict {
    let direction: MessageDirection
    /// Messages of that direction before this one.
    let index: Int
    private let payload: ByteText
    private let received: Message
    private let transaction: Transaction
    /// That of the moment at which the message was complete: a reload may move the tunnel meanwhile.
    let route: Route
    private var evaluation: LongEvaluation?

    init(
        _ message: Message, _ direction: MessageDirection, index: Int, _ context: TunnelContext,
        _ worker: WorkerServices
    ) {
        self.direction = direction
        self.index = index
        payload = ByteText(message.payload)
        received = message
        route = context.route
        transaction = worker.transactions.take()
    }

    /// The message, in the copy.
    var message: Message {
        var message = received
        message.payload = payload.view
        return message
    }

    /// - Parameter ended: Told later, if there is no verdict yet.
    /// - Returns: The verdict, if one turn was enough.
    func begin(
        _ context: TunnelContext, _ worker: WorkerServices,
        ended: @escaping (MessageEvaluation, Verdict) -> Void
    ) -> Verdict? {
        let evaluation = LongEvaluation(transaction) { [self] transaction in
            MessageJudge.evaluate(message, direction, index: index, context, on: route, transaction)
        } ended: { [self] verdict in
            self.evaluation = nil
            ended(self, verdict)
        }
        if let verdict = worker.evaluations.begin(evaluation) { return verdict }
        self.evaluation = evaluation
        return nil
    }

    /// Logs and audits, and gives back the transaction.
    func conclude(_ verdict: Verdict, _ context: TunnelContext, _ worker: WorkerServices) -> MessageOutcome {
        defer { worker.transactions.give(back: transaction) }
        return MessageJudge.outcome(of: verdict, message, direction, context, on: route, transaction, worker)
    }

    func cancel(_ worker: WorkerServices) {
        guard let evaluation else { return }
        self.evaluation = nil
        worker.evaluations.cancel(evaluation)
        worker.transactions.give(back: transaction)
    }
}
