// Messages under the rules.

internal import Bytes
internal import Inspection
internal import RuleStore
internal import WebSocket

extension MessageJudge {
    static func judgeByRules(
        _ message: Message, _ direction: MessageDirection, index: Int, _ context: TunnelContext,
        _ worker: WorkerServices
    ) -> MessageOutcome {
        guard context.route.requestRules != nil, context.messages != nil else { return .pass }
        if LongEvaluation.isAdvised(bytes: message.payload.count) {
            return judgeInTurns(message, direction, index: index, context, worker)
        }
        let route = context.route
        let transaction = worker.transactions.take()
        defer { worker.transactions.give(back: transaction) }
        let verdict = evaluate(message, direction, index: index, context, on: route, transaction)
        return outcome(of: verdict, message, direction, context, on: route, transaction, worker)
    }

    private static func judgeInTurns(
        _ message: Message, _ direction: MessageDirection, index: Int, _ context: TunnelContext,
        _ worker: WorkerServices
    ) -> MessageOutcome {
        let evaluation = MessageEvaluation(message, direction, index: index, context, worker)
        let handle = context.handle
        let verdict = evaluation.begin(context, worker) { [worker] evaluation, verdict in
            worker.messageJudged(evaluation, verdict, of: handle)
        }
        if let verdict { return evaluation.conclude(verdict, context, worker) }
        context.setWait(evaluation, direction)
        return .wait
    }

    /// The rules' verdict alone. Nothing but the transaction and the connection's state is touched.
    static func evaluate(
        _ message: Message, _ direction: MessageDirection, index: Int, _ context: TunnelContext,
        on route: Route, _ transaction: Transaction
    ) -> Verdict {
        guard let rules = route.requestRules, let messages = context.messages else { return .pass }
        let checks = context.checks
        let facts = MessageFacts(
            opcode: message.opcode == .text ? .text : .binary,
            direction: direction == .fromClient ? .client : .server,
            index: index, payload: message.payload, fragments: message.fragments,
            isCompressed: message.isCompressed, subprotocol: context.subprotocol.view, format: checks.format)
        return transaction.evaluateMessage(
            context: messages, message: facts, rules: rules,
            isDetectOnly: route.settings.inspection == .detect || !checks.isEnforced
                || checks.denial == .log,
            auditMode: route.auditMode, hasDebugLog: route.debugFile != nil)
    }

    /// Writes what was found, and says what becomes of the message.
    static func outcome(
        of verdict: Verdict, _ message: Message, _ direction: MessageDirection, _ context: TunnelContext,
        on route: Route, _ transaction: Transaction, _ worker: WorkerServices
    ) -> MessageOutcome {
        worker.writeDebug(
            of: transaction, on: route, host: context.host.view, context.identifier.view,
            uri: context.path.view)
        worker.log.matches(of: transaction)
        // The receiver's window would miss what a dropped message adds to it (RFC 7692 section 7.1.1).
        let mayDrop = !message.isCompressed || context.resetsContext(direction)
        let isDropped = context.checks.denial == .drop && mayDrop
        let closeCode =
            verdict.action.isInterception && !isDropped ? Int(CloseCode.policyViolation) : nil
        worker.writeAudit(of: transaction, on: route, AuditOutcome(status: 101, closeCode: closeCode))
        guard verdict.action.isInterception else { return .pass }
        return isDropped ? .drop : .refuse(.denied(ruleID: verdict.ruleID))
    }
}
