// What happens to a complete message: its type is checked, and the rules judge it.

internal import Bytes
internal import Inspection
internal import RuleStore
internal import WebSocket

enum MessageJudge {
    /// - Parameter index: Messages of that direction before this one.
    /// - Returns: Why the message must not pass; nil lets it go on.
    static func judge(
        _ message: Message, _ direction: MessageDirection, index: Int, _ context: TunnelContext,
        _ worker: WorkerServices
    ) -> Refusal? {
        let checks = context.checks
        switch message.opcode {
        case .text where checks.refusesText: return .unacceptedType
        case .binary where checks.refusesBinary: return .unacceptedType
        case .text, .binary: break
        }
        guard checks.hasRules, let rules = context.route.requestRules, let messages = context.messages else {
            return nil
        }
        let facts = MessageFacts(
            opcode: message.opcode == .text ? .text : .binary,
            direction: direction == .fromClient ? .client : .server,
            index: index, payload: message.payload, fragments: message.fragments,
            isCompressed: message.isCompressed, subprotocol: context.subprotocol.view)
        let settings = context.settings
        let transaction = worker.transactions.take()
        defer { worker.transactions.give(back: transaction) }
        let verdict = transaction.evaluateMessage(
            context: messages, message: facts, rules: rules,
            isDetectOnly: settings.inspection == .detect || settings.webSocketInspection == .detect,
            auditMode: context.route.auditMode)
        worker.log.matches(of: transaction)
        let closeCode = verdict.action.isInterception ? Int(CloseCode.policyViolation) : nil
        worker.writeAudit(of: transaction, on: context.route, AuditOutcome(status: 101, closeCode: closeCode))
        return verdict.action.isInterception ? .denied(ruleID: verdict.ruleID) : nil
    }
}
