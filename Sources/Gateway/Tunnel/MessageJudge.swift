// What happens to a complete message: counted, its type checked, judged by the rules.

internal import Bytes
internal import Inspection
internal import Metrics
internal import RuleStore
internal import WebSocket

enum MessageJudge {
    /// - Returns: Why the message must not pass; nil lets it go on.
    static func judge(
        _ message: Message, _ direction: MessageDirection, _ context: TunnelContext, _ worker: WorkerServices
    ) -> Refusal? {
        let index: Int
        switch direction {
        case .fromClient:
            worker.stats.add(.webSocketMessagesFromClient)
            index = context.messagesFromClient
            context.messagesFromClient += 1
        case .fromServer:
            worker.stats.add(.webSocketMessagesFromUpstream)
            index = context.messagesFromServer
            context.messagesFromServer += 1
        }
        let settings = context.route.settings
        switch message.opcode {
        case .text where !settings.acceptsTextMessages: return .unacceptedType
        case .binary where !settings.acceptsBinaryMessages: return .unacceptedType
        case .text, .binary: break
        }
        guard context.hasRules, let rules = context.route.requestRules, let messages = context.messages else { return nil }
        return judge(message, direction, index, context, rules, messages, worker)
    }

    private static func judge(
        _ message: Message, _ direction: MessageDirection, _ index: Int, _ context: TunnelContext,
        _ rules: RuleSet, _ messages: MessageContext, _ worker: WorkerServices
    ) -> Refusal? {
        let settings = context.route.settings
        let transaction = worker.transactions.take()
        defer { worker.transactions.give(back: transaction) }
        let verdict = transaction.evaluateMessage(
            context: messages,
            message: MessageFacts(
                opcode: message.opcode == .text ? .text : .binary,
                direction: direction == .fromClient ? .client : .server,
                index: index, payload: message.payload, fragments: message.fragments,
                isCompressed: message.isCompressed, subprotocol: context.subprotocol.view),
            rules: rules,
            isDetectOnly: settings.inspection == .detect || settings.webSocketInspection == .detect)
        worker.log.matches(of: transaction)
        return verdict.action.isInterception ? .denied(ruleID: verdict.ruleID) : nil
    }
}
