// Matched-rule lines in ModSecurity's form, which fail2ban, CrowdSec and CRS's test runner read.

internal import Bytes
internal import RuleStore

extension Transaction {
    /// One line for a match of a chain's last link.
    ///
    /// - Parameter match: nil for a SecAction.
    /// - Parameter isEnforced: Whether the rule's disruptive action is done, rather than noted.
    func logMatch(
        _ match: SelectedValue?, _ rule: RuleRecord, starter: RuleRecord, isEnforced: Bool, _ rules: RuleSet
    ) {
        guard loggedLines < limits.logLines else {
            suppressedLines += 1
            return
        }
        loggedLines += 1
        logOutcome(isEnforced ? starter.disruption : .pass, starter)
        if let match {
            logReason(match, rule, rules)
        } else {
            log.append("Unconditional match in SecAction.")
        }
        logRule(starter, rules)
        logTransaction()
    }

    private func logOutcome(_ disruption: Disruption, _ starter: RuleRecord) {
        switch disruption {
        case .pass: return log.append("ModSecurity: Warning. ")
        case .deny: logDenial(status: starter.status)
        case .drop: log.append("ModSecurity: Access denied with connection close")
        case .redirect:
            log.append("ModSecurity: Access denied with redirection to ")
            log.appendEscaped(verdict.location, limitBytes: LogLimits.uriBytes)
            log.append(" using status ")
            log.append(decimal: starter.status)
        case .proxy:
            log.append("ModSecurity: Access denied using proxy to ")
            log.appendEscaped(verdict.location, limitBytes: LogLimits.uriBytes)
        case .allow: log.append("ModSecurity: Access allowed")
        case .allowPhase: log.append("ModSecurity: Access to phase allowed")
        case .allowRequest: log.append("ModSecurity: Access to request allowed")
        }
        logPhase()
    }

    private func logDenial(status: Int) {
        log.append("ModSecurity: Access denied with code ")
        log.append(decimal: status)
    }

    private func logPhase() {
        log.append(" (phase ")
        log.append(decimal: plan.phase)
        log.append("). ")
    }

    /// `Matched "Operator `Rx' with parameter `…' against variable `ARGS:x' (Value: `…' )`: the
    /// quote is never closed, as ModSecurity 3 writes it.
    func logReason(_ match: SelectedValue, _ rule: RuleRecord, _ rules: RuleSet) {
        log.append("Matched \"Operator `")
        if rule.isNegated { log.append(ASCII.byte("!")) }
        log.append(rule.operatorName.logName)
        log.append("' with parameter `")
        logText(rule.operatorText, limitBytes: LogLimits.parameterBytes, rules)
        log.append("' against variable `")
        log.append(match.variable.spelling)
        if let key = match.key {
            log.append(ASCII.byte(":"))
            log.appendEscaped(key, limitBytes: LogLimits.nameBytes)
        }
        log.append("' (Value: `")
        let omitted = log.appendEscaped(match.value, limitBytes: LogLimits.valueBytes)
        if omitted > 0 {
            log.append(" (")
            log.append(decimal: omitted)
            log.append(" characters omitted)")
        }
        log.append("' )")
    }

    private func logRule(_ starter: RuleRecord, _ rules: RuleSet) {
        logField("file", starter.file(in: rules.view), limitBytes: LogLimits.fileBytes)
        log.append(" [line \"")
        log.append(decimal: starter.line)
        log.append("\"] [id \"")
        log.append(decimal: Int(starter.id))
        log.append("\"]")
        let revision = starter.revision(in: rules.view)
        if !revision.isEmpty { logField("rev", revision, limitBytes: LogLimits.tagBytes) }
        logTextField("msg", starter.message, limitBytes: LogLimits.messageBytes, rules)
        logTextField("data", starter.logData, limitBytes: LogLimits.dataBytes, rules)
        if let severity = starter.severity {
            logField("severity", ByteView(Severity.name(severity)), limitBytes: LogLimits.tagBytes)
        }
        let version = starter.version(in: rules.view)
        if !version.isEmpty { logField("ver", version, limitBytes: LogLimits.tagBytes) }
        logGrade("maturity", starter.maturity)
        logGrade("accuracy", starter.accuracy)
        for tag in starter.tags {
            logTextField("tag", rules.view.tag(tag), limitBytes: LogLimits.tagBytes, rules)
        }
    }

    private func logGrade(_ name: StaticString, _ grade: Int) {
        guard grade > 0 else { return }
        log.append(" [")
        log.append(name)
        log.append(" \"")
        log.append(decimal: grade)
        log.append("\"]")
    }

    /// What names the transaction, and the line's end.
    private func logTransaction() {
        let host =
            connection.serverName.isEmpty ? requestHeaders.first("Host") ?? .empty : connection.serverName
        logField("hostname", host, limitBytes: LogLimits.hostBytes)
        logField("uri", request.path, limitBytes: LogLimits.uriBytes)
        logField("unique_id", connection.uniqueID, limitBytes: LogLimits.uniqueIDBytes)
        log.append(ASCII.lineFeed)
    }

    private func logField(_ name: StaticString, _ value: ByteView, limitBytes: Int) {
        log.append(" [")
        log.append(name)
        log.append(" \"")
        log.appendEscaped(value, limitBytes: limitBytes)
        log.append("\"]")
    }

    /// A field whose text has macros; left out when the rule has no such text.
    private func logTextField(_ name: StaticString, _ text: Int, limitBytes: Int, _ rules: RuleSet) {
        guard text != 0 else { return }
        log.append(" [")
        log.append(name)
        log.append(" \"")
        logText(text, limitBytes: limitBytes, rules)
        log.append("\"]")
    }

    private func logText(_ text: Int, limitBytes: Int, _ rules: RuleSet) {
        var room = limitBytes
        for part in rules.view.parts(ofText: text) where room > 0 {
            let bytes = value(of: rules.view.textPart(part))
            log.appendEscaped(bytes, limitBytes: room)
            room -= min(bytes.count, room)
        }
    }

    /// A denial that no rule decided.
    func logDenialByLimit(_ name: StaticString, status: Int) {
        if mode == .on {
            logDenial(status: status)
            logPhase()
        } else {
            log.append("ModSecurity: Warning. ")
        }
        log.append("Limit of the rule engine passed: ")
        log.append(name)
        log.append(ASCII.byte("."))
        logTransaction()
    }

    /// What limits kept from the log or shortened, once a transaction.
    func logBreaches() {
        if suppressedLines > 0 {
            log.append("ModSecurity: Warning. Matched-rule lines left out: ")
            log.append(decimal: suppressedLines)
            log.append(ASCII.byte("."))
            logTransaction()
            suppressedLines = 0
        }
        let shortened = breaches.subtracting(.denying)
        if !shortened.isEmpty {
            log.append("ModSecurity: Warning. Values shortened or not searched to the end, limit passed: ")
            log.append(shortened.name)
            log.append(ASCII.byte("."))
            logTransaction()
            breaches.subtract(shortened)
        }
    }
}
