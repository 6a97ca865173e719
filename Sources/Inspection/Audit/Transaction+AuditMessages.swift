// What matched, as the audit log tells it: made when it happens, since macros stand for other things
// later.

internal import Bytes
internal import RuleStore

extension Transaction {
    /// A chain's last link has matched.
    ///
    /// - Parameter match: nil for a SecAction.
    func noteForAudit(_ match: SelectedValue?, _ rule: RuleRecord, starter: RuleRecord, _ rules: RuleSet) {
        guard audit.collects else { return }
        if auditParts.contains(.matchedRules) {
            audit.noteMatch(ofRule: starter.index, limit: limits.logLines)
        }
        guard starter.auditLogs else { return }
        audit.isRelevant = true
        guard audit.messageCount < limits.logLines,
            audit.messages.count <= AuditLimits.messagesBytes - Self.messageBytes
        else {
            audit.omittedMessages += 1
            return
        }
        audit.messageCount += 1
        appendMessage(match, rule, starter: starter, rules)
    }

    /// The parts that are written: those of the rule set, unless ctl has changed them.
    var auditParts: AuditParts { audit.parts ?? rules?.view.auditParts ?? .standard }

    /// Bytes of JSON that one message takes at most.
    private static let messageBytes = 16 << 10

    private func appendMessage(
        _ match: SelectedValue?, _ rule: RuleRecord, starter: RuleRecord, _ rules: RuleSet
    ) {
        // The log's own text of it, borrowed from the end of the log.
        let start = log.count
        let hidesValue = match.map(isSanitised) ?? false
        if var match {
            if hidesValue { match.value = stars(match.value.count) }
            logReason(match, rule, rules)
        } else {
            log.append("Unconditional match in SecAction.")
        }
        audit.messages.beginObject()
        audit.messages.name("message")
        audit.messages.string(expand(starter.message, rules), limitBytes: LogLimits.messageBytes)
        audit.messages.name("details")
        audit.messages.beginObject()
        audit.messages.name("match")
        audit.messages.string(log.view[start...], limitBytes: Self.messageBytes / 4)
        log.truncate(to: start)
        appendDetails(starter, data: data(of: starter, hiding: hidesValue ? match : nil, rules), rules)
        audit.messages.endObject()
        audit.messages.endObject()
    }

    private func appendDetails(_ starter: RuleRecord, data: ByteView, _ rules: RuleSet) {
        audit.messages.name("reference")
        audit.messages.string("")
        audit.messages.name("ruleId")
        audit.messages.quoted(Int(starter.id))
        audit.messages.name("file")
        audit.messages.string(starter.file(in: rules.view), limitBytes: LogLimits.fileBytes)
        audit.messages.name("lineNumber")
        audit.messages.quoted(starter.line)
        audit.messages.name("data")
        audit.messages.string(data, limitBytes: LogLimits.dataBytes)
        audit.messages.name("severity")
        if let severity = starter.severity { audit.messages.quoted(severity) } else { audit.messages.string("") }
        audit.messages.name("ver")
        audit.messages.string(starter.version(in: rules.view), limitBytes: LogLimits.tagBytes)
        audit.messages.name("rev")
        audit.messages.string(starter.revision(in: rules.view), limitBytes: LogLimits.tagBytes)
        audit.messages.name("tags")
        audit.messages.beginArray()
        // So that no rule's tags take more than a message may.
        for tag in starter.tags.prefix(Self.tagsInMessage) {
            audit.messages.string(expand(rules.view.tag(tag), rules), limitBytes: LogLimits.tagBytes)
        }
        audit.messages.endArray()
        audit.messages.name("maturity")
        audit.messages.quoted(starter.maturity)
        audit.messages.name("accuracy")
        audit.messages.quoted(starter.accuracy)
    }

    private static let tagsInMessage = 24

    // MARK: Sanitising

    private func isSanitised(_ match: SelectedValue) -> Bool {
        guard !audit.redactions.isEmpty else { return audit.redactsEverything }
        return audit.redactions.contains { redaction in
            switch redaction.subject {
            case .argument:
                switch match.variable {
                case .args, .argsGet, .argsPost: match.key.map { redaction.names(.argument, $0) } ?? false
                default: false
                }
            case .requestField:
                match.variable == .requestHeaders && redaction.names(.requestField, match.key ?? .empty)
            case .responseField:
                match.variable == .responseHeaders && redaction.names(.responseField, match.key ?? .empty)
            case .cookie: match.variable == .requestCookies && redaction.names(.cookie, match.key ?? .empty)
            case .anywhere: redaction.bytes == match.value
            }
        }
    }

    /// logdata, with the value and what was captured of it hidden.
    private func data(of starter: RuleRecord, hiding match: SelectedValue?, _ rules: RuleSet) -> ByteView {
        let data = expand(starter.logData, rules)
        guard let match else { return data }
        var text = RedactedText(data, limitBytes: LogLimits.dataBytes)
        for value in [match.value, tx.captures[0] ?? .empty] where !value.isEmpty {
            let hidden = Redaction(subject: .anywhere, name: .empty, bytes: value)
            text.hide(hidden.hiddenRanges(in: data, isWholeOtherwise: false), from: 0)
        }
        return arena.copy(text.view)
    }

    private func stars(_ count: Int) -> ByteView {
        let count = min(count, LogLimits.valueBytes)
        return arena.fill(upTo: count) { output in
            for _ in 0..<count { output.append(ASCII.byte("*")) }
        }
    }
}
