// Messages of a captured WebSocket, each a transaction of its own in the handshake's context.

internal import Bytes
internal import HTTPMessage
internal import Inspection
internal import Pipeline
internal import Reports
internal import RuleStore

extension ReplayWalk {
    /// Up to the first message that ends the connection.
    mutating func judge(_ messages: [CapturedMessage]) {
        guard settings.webSocketInspection != .off, let set = settings.ruleSet, let handshake = transaction
        else {
            return
        }
        let context = handshake.makeMessageContext()
        let rules = replayer.policy.ruleSets[set]
        var counts = (client: 0, server: 0)
        for message in messages {
            let index = message.isFromClient ? counts.client : counts.server
            if message.isFromClient { counts.client += 1 } else { counts.server += 1 }
            let payload = ByteText(bytes: message.payload)
            let facts = MessageFacts(
                opcode: message.isText ? .text : .binary, direction: message.isFromClient ? .client : .server,
                index: index, payload: payload.view, fragments: 1, isCompressed: false, subprotocol: .empty)
            let note = judge(facts, message, context, rules)
            report.messages.append(note)
            if note.isStopped { return }
        }
    }

    private func judge(
        _ facts: MessageFacts, _ message: CapturedMessage, _ context: MessageContext, _ rules: RuleSet
    ) -> ReplayReport.MessageNote {
        let transaction = replayer.messageTransaction
        defer { transaction.end() }
        let isDetectOnly = settings.inspection == .detect || settings.webSocketInspection == .detect
        transaction.beginMessage(context: context, message: facts, rules: rules, isDetectOnly: isDetectOnly)
        var note = ReplayReport.MessageNote(
            index: facts.index, direction: message.isFromClient ? "client" : "server",
            text: ShownBytes.quoted(facts.payload, limitBytes: 100))
        if let pipeline = stages?.pipeline {
            let stages = ReplayStages(
                pipeline, transaction,
                fields: [
                    .remoteAddress: ByteText(replayer.options.clientAddress),
                    .direction: ByteText(note.direction),
                    .host: ByteText(head.authority ?? .empty), .path: ByteText(head.path),
                ],
                headers: [], clock: replayer.options.clock, isDetectOnly: isDetectOnly)
            stages.show(body: facts.payload)
            if let verdict = stages.run(.message, { $0.evaluateMessage(context: context) }) {
                note.isStopped = true
                note.verdict = "\(verdict.action.title) by \(verdict.stage), \(verdict.reason)"
            }
            stages.finish()
            note.stages = stages.notes
        } else {
            let verdict = transaction.evaluateMessage(context: context)
            if verdict.action.isInterception {
                note.isStopped = true
                note.verdict = "close with 1008 by rule \(verdict.ruleID)"
            } else if verdict.wouldDeny {
                note.verdict = "would be denied by rule \(verdict.ruleID)"
            }
        }
        note.log = transaction.log.view.string.split(separator: "\n").map(String.init)
        transaction.log.removeAll(keepingCapacity: true)
        return note
    }
}
