// waf_inspect: a location that answers with its verdict, for gateways, nginx's auth_request and mirror, and
// whoever else asks over HTTP.

internal import Automata
internal import Bytes
internal import HTTP1
internal import HTTPMessage
internal import Inspection
internal import RemoteInspection
internal import RuleStore

extension Exchange {
    /// Passed by the rules, or not judged by any.
    func answerInspection() { answerInspection(transaction == nil ? .unknown : .normal) }

    /// 200 or 403, the level in `X-WAF-Level`, and as JSON the level, the transaction and the rules that matched.
    func answerInspection(_ level: RiskLevel) {
        guard response == .none else { return refuse(status: 502) }
        let status = level == .urgent ? 403 : 200
        if !requestBody.isComplete { keepsAlive = false }
        worker.countResponse(status: status)
        transaction?.noteAnswer(status: status, reason: ByteView(StatusCode.reasonPhrase(status)))
        worker.entry.removeAll(keptBytes: 64 << 10)
        writeReport(level, into: &worker.entry)
        worker.output.removeAll(keepingCapacity: true)
        HeadWriter.appendStatusLine(status, to: &worker.output)
        HeadWriter.appendField("Server", "wafd", to: &worker.output)
        HeadWriter.appendField("Date", worker.date.text(at: worker.secondsSinceEpoch), to: &worker.output)
        HeadWriter.appendField("Content-Type", "application/json", to: &worker.output)
        HeadWriter.appendField(TargetAnswer.fieldName, Self.digits[Int(level.rawValue)], to: &worker.output)
        HeadWriter.appendFraming(.length(worker.entry.count), to: &worker.output)
        HeadWriter.appendConnection(clientPersistence, to: &worker.output)
        HeadWriter.appendEnd(to: &worker.output)
        tally.sentHeadBytes += worker.output.count
        if session.head.knownMethod != .head { worker.output.append(worker.entry.view) }
        tally.status = status
        request = .sent
        response = .ended
        if session.send(worker.output.view) { finish() }
    }

    private static var digits: [StaticString] { ["0", "1", "2"] }

    private func writeReport(_ level: RiskLevel, into json: inout JSONWriter) {
        json.beginObject()
        json.name("level")
        json.number(Int(level.rawValue))
        json.name("transaction")
        json.string(identifier.view)
        json.name("rules")
        json.beginArray()
        for rule in inspection.rules {
            json.beginObject()
            json.name("id")
            json.string(rule.id.view)
            json.name("message")
            json.string(rule.message.view)
            json.endObject()
        }
        json.endArray()
        json.endObject()
    }

    // MARK: The request that is asked about

    /// What the asker says that the request was: `X-Original-*` (nginx's idiom, and this gateway's), or
    /// `X-Forwarded-*` (forward-auth of other proxies); nil where it is the request itself. Never both: an asker
    /// that writes the one passes on what its client has sent of the other.
    private func original(_ name: StaticString, _ forwarded: StaticString) -> ByteView? {
        guard settings.answersInspection else { return nil }
        let isForwarded =
            session.head.fields.first("X-Original-URI") == nil
            && session.head.fields.first("X-Forwarded-Uri") != nil
        let value = session.head.fields.first(isForwarded ? forwarded : name)
        return value.flatMap { $0.isEmpty ? nil : $0 }
    }

    var judgedHost: ByteView? { original("X-Original-Host", "X-Forwarded-Host") }

    /// Sets the request line that the rules see.
    func setRequestLine(of transaction: Transaction) {
        guard let target = original("X-Original-URI", "X-Forwarded-Uri") else {
            transaction.setRequestLine(
                line: session.head.requestLine, method: session.head.method, target: session.head.target,
                protocolText: session.head.protocolText)
            return
        }
        let method = original("X-Original-Method", "X-Forwarded-Method") ?? session.head.method
        judgedLine.removeAll(keepingCapacity: true)
        judgedLine.append(method)
        judgedLine.append(" ")
        judgedLine.append(target)
        judgedLine.append(" ")
        judgedLine.append(session.head.protocolText)
        transaction.setRequestLine(
            line: judgedLine.view, method: method, target: target, protocolText: session.head.protocolText)
    }

    /// The client whose request it was, where the asker names one.
    func judgedFacts(_ facts: ConnectionFacts) -> ConnectionFacts {
        guard settings.answersInspection, let address = session.head.fields.first("X-Real-IP"),
            IPAddress(address) != nil
        else { return facts }
        var facts = facts
        facts.remoteAddress = address
        return facts
    }
}
