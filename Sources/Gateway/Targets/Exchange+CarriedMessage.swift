// `waf_inspect`: a request that carries a WebSocket message is judged as the message, in the context of
// the handshake that its fields tell of.

internal import Bytes
internal import HTTPMessage
internal import Inspection
internal import RuleStore

extension Exchange {
    /// Whether the request stands for a message of a connection elsewhere.
    var carriesMessage: Bool {
        settings.answersInspection
            && session.head.fields.first("X-WAF-Event")?.equals("message") == true
    }

    /// Fields of the request that carries the message, not of the handshake.
    static func describesCarrier(_ name: ByteView) -> Bool {
        name.equalsIgnoringASCIICase("Content-Type") || name.equalsIgnoringASCIICase("Content-Length")
            || name.equalsIgnoringASCIICase("Transfer-Encoding")
    }

    /// - Parameter handshake: Has been through phase 1.
    func judgeCarriedMessage(_ handshake: Transaction) -> Verdict {
        guard let rules = route?.requestRules else { return .pass }
        let fields = session.head.fields.first("X-WAF-Opcode")
        let facts = MessageFacts(
            opcode: fields?.equals("binary") == true ? .binary : .text,
            direction: session.head.fields.first("X-WAF-Direction")?.equals("server") == true
                ? .server : .client,
            index: carriedIndex, payload: requestBody.held.wire.view, fragments: 1, isCompressed: false,
            subprotocol: session.head.fields.first("Sec-WebSocket-Protocol") ?? .empty)
        let message = worker.transactions.take()
        defer { worker.transactions.give(back: message) }
        let verdict = message.evaluateMessage(
            context: handshake.makeMessageContext(), message: facts, rules: rules,
            isDetectOnly: route!.isDetectOnly, auditMode: route!.auditMode)
        inspection.note(message.log.view)
        worker.log.matches(of: message)
        // Its text is the transaction's, which is given back.
        return Verdict(
            action: verdict.action, status: verdict.status, ruleID: verdict.ruleID,
            wouldDeny: verdict.wouldDeny)
    }

    private var carriedIndex: Int {
        guard let text = session.head.fields.first("X-WAF-Message"), text.count <= 18 else { return 0 }
        var number = 0
        for index in text.indices {
            guard ASCII.isDigit(text[index]) else { return 0 }
            number = number * 10 + Int(text[index] - ASCII.byte("0"))
        }
        return number
    }
}
