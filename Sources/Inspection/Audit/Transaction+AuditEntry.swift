// One entry of the audit log: a JSON object with the keys of libmodsecurity 3, whose tools read it.

package import Bytes
internal import RuleStore

/// What the engine can not know of a transaction's end.
package struct AuditOutcome: Sendable {
    /// Of the answer that the client was sent; 0: the connection was closed without one.
    package var status: Int
    /// The WebSocket close code of a message that was refused.
    package var closeCode: Int?

    package init(status: Int, closeCode: Int? = nil) {
        self.status = status
        self.closeCode = closeCode
    }
}

extension Transaction {
    /// Whether the transaction gets an entry: always with SecAuditEngine On; with RelevantOnly when a
    /// rule with `auditlog` matched or the status is relevant.
    package func wantsAuditEntry(status: Int) -> Bool {
        switch audit.mode {
        case nil, .off?: false
        case .on?: true
        case .relevantOnly?: audit.isRelevant || isRelevant(status: status)
        }
    }

    /// SecAuditLogRelevantStatus. A message of a WebSocket has no status.
    private func isRelevant(status: Int) -> Bool {
        guard message == nil, let rules, let index = rules.view.auditRelevantStatus else { return false }
        return RegularExpression.matches(rules.programs[index], number(status), scratch) == .yes
    }

    /// Appends the entry, without a line feed. Nothing else of the transaction is changed, but it must
    /// not have ended.
    package func appendAuditEntry(_ outcome: AuditOutcome, to json: inout JSONWriter) {
        guard let rules else { return }
        let parts = auditParts
        var cuts = AuditCuts()
        json.beginObject()
        json.name("transaction")
        json.beginObject()
        appendConnection(rules, to: &json)
        json.name("is_interrupted")
        json.boolean(verdict.action.isInterception)
        appendRequest(parts, &cuts, to: &json)
        appendResponse(parts, outcome, &cuts, to: &json)
        if parts.contains(.files), reading.parts.isPresent { appendFiles(&cuts, to: &json) }
        if parts.contains(.trailer) {
            appendProducer(rules, to: &json)
            json.name("messages")
            json.beginArray()
            if audit.messageCount > 0 { json.raw(audit.messages.view) }
            json.endArray()
            if audit.omittedMessages > 0 { cuts.insert(.messages) }
        }
        if parts.contains(.matchedRules) { appendMatchedRules(rules, &cuts, to: &json) }
        if message != nil { appendMessageFacts(outcome, to: &json) }
        cuts.append(to: &json)
        json.endObject()
        json.endObject()
    }

    private func appendConnection(_ rules: RuleSet, to json: inout JSONWriter) {
        json.name("client_ip")
        json.string(connection.remoteAddress, limitBytes: AuditLimits.textBytes)
        json.name("time_stamp")
        json.string(timeStamp)
        json.name("server_id")
        json.string(rules.view.sensorID, limitBytes: AuditLimits.textBytes)
        json.name("client_port")
        json.number(connection.remotePort)
        json.name("host_ip")
        json.string(connection.serverAddress, limitBytes: AuditLimits.textBytes)
        json.name("host_port")
        json.number(connection.serverPort)
        json.name("unique_id")
        json.string(connection.uniqueID, limitBytes: AuditLimits.textBytes)
    }

    /// When the transaction began, local, as C's asctime has it: `Sat Nov 21 07:19:46 2026`.
    private var timeStamp: ByteView {
        let seconds = startMicroseconds / 1_000_000 + scratch.clock.localOffsetSeconds
        let time = CivilTime(secondsSince1970: seconds)
        scratch.text.removeAll(keepingCapacity: true)
        scratch.text.append(ByteView("SunMonTueWedThuFriSat")[time.weekday * 3..<time.weekday * 3 + 3])
        scratch.text.append(ASCII.space)
        let month = (time.month - 1) * 3
        scratch.text.append(ByteView("JanFebMarAprMayJunJulAugSepOctNovDec")[month..<month + 3])
        scratch.text.append(ASCII.space)
        if time.day < 10 { scratch.text.append(ASCII.space) }
        scratch.text.append(decimal: time.day)
        for (mark, number) in [(" ", time.hour), (":", time.minute), (":", time.second)] {
            scratch.text.append(mark)
            if number < 10 { scratch.text.append(ASCII.byte("0")) }
            scratch.text.append(decimal: number)
        }
        scratch.text.append(ASCII.space)
        scratch.text.append(decimal: time.year)
        return arena.copy(scratch.text.view)
    }

    private func appendProducer(_ rules: RuleSet, to json: inout JSONWriter) {
        json.name("producer")
        json.beginObject()
        json.name("modsecurity")
        json.string("wafd")
        json.name("connector")
        json.string("wafd")
        json.name("secrules_engine")
        switch mode {
        case .on: json.string("Enabled")
        case .detectionOnly: json.string("DetectionOnly")
        case .off: json.string("Disabled")
        }
        json.name("components")
        json.beginArray()
        let signatures = rules.view.componentSignatures
        var room = AuditLimits.componentsBytes
        var start = 0
        while start < signatures.count, room > 0 {
            let end = signatures.firstIndex(of: ASCII.lineFeed, from: start) ?? signatures.count
            let before = json.count
            json.string(signatures[start..<end], limitBytes: min(room, AuditLimits.textBytes))
            room -= json.count - before
            start = end + 1
        }
        json.endArray()
        json.endObject()
    }

    /// Part K: also rules that log nothing.
    private func appendMatchedRules(_ rules: RuleSet, _ cuts: inout AuditCuts, to json: inout JSONWriter) {
        json.name("matched_rules")
        json.beginArray()
        let limit = json.count + AuditLimits.matchedRulesBytes - 2 * AuditLimits.textBytes
        for index in audit.matchedRules {
            guard json.count < limit else {
                cuts.insert(.matchedRules)
                break
            }
            let rule = rules.view.rule(index)
            json.beginObject()
            json.name("ruleId")
            json.quoted(Int(rule.id))
            json.name("file")
            json.string(rule.file(in: rules.view), limitBytes: LogLimits.fileBytes)
            json.name("lineNumber")
            json.quoted(rule.line)
            json.endObject()
        }
        json.endArray()
    }

    private func appendMessageFacts(_ outcome: AuditOutcome, to json: inout JSONWriter) {
        guard let message else { return }
        json.name("websocket")
        json.beginObject()
        // The handshake's transaction names the connection.
        json.name("handshake_id")
        json.string(connection.uniqueID, limitBytes: AuditLimits.textBytes)
        json.name("message_index")
        json.number(message.index)
        json.name("direction")
        json.string(message.direction == .client ? "client" : "server")
        json.name("opcode")
        json.string(message.opcode == .text ? "text" : "binary")
        json.name("length")
        json.number(message.payload.count)
        json.name("fragments")
        json.number(message.fragments)
        json.name("compressed")
        json.boolean(message.isCompressed)
        json.name("subprotocol")
        json.string(message.subprotocol, limitBytes: AuditLimits.textBytes)
        if let code = outcome.closeCode {
            json.name("close_code")
            json.number(code)
        }
        json.endObject()
    }
}
