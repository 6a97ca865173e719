// Asking the rules.

internal import Bytes
internal import Gateway
internal import HTTPMessage
internal import Inspection
internal import Reports
internal import RuleStore

extension ReplayWalk {
    /// Phase 1.
    mutating func passesRequestHeaders() -> Bool {
        guard beginTransaction(), let transaction else { return true }
        return obey(transaction.evaluateRequestHeaders(), .requestHeaders)
    }

    /// Phase 2.
    mutating func passesRequestBody(hasBody: Bool, isTruncated: Bool) -> Bool {
        guard let transaction else { return true }
        return obey(
            transaction.evaluateRequestBody(
                hasBody ? requestBody.judged : nil, isTruncated: isTruncated, fault: requestBody.fault),
            .requestBody)
    }

    /// A refused head goes through the rules of requests all the same where it can be read in one way.
    mutating func judgeRefused() {
        let lookup = replayer.policy.lookup
        guard let listener = lookup.listener(for: .empty) else { return }
        let server = lookup.server(listener: listener, host: head.authority ?? .empty)
        guard
            let place = lookup.place(server: server, path: head.path)
                ?? lookup.place(server: server, path: ByteView("/"))
        else { return }
        take(place)
        guard passesRequestHeaders() else { return }
        _ = passesRequestBody(hasBody: false, isTruncated: false)
    }

    /// - Returns: false where no rules apply.
    private mutating func beginTransaction() -> Bool {
        guard settings.inspection != .off, let set = settings.ruleSet else { return false }
        let transaction = replayer.transaction
        self.transaction = transaction
        let client = ByteText(replayer.options.clientAddress)
        let listener = replayer.policy.lookup.listenerAddress(for: head.authority ?? .empty)
        let local = ByteText(listener?.host ?? "")
        transaction.begin(
            rules: replayer.policy.ruleSets[set], isDetectOnly: settings.inspection == .detect,
            connection: ConnectionFacts(
                remoteAddress: client.view, remotePort: replayer.options.clientPort,
                serverAddress: local.view, serverPort: Int(listener?.port ?? 0),
                serverName: head.authority.map { HostName.name(of: $0) } ?? .empty,
                uniqueID: ByteView("replay")))
        transaction.setRequestLine(
            line: head.requestLine, method: head.method, target: head.target,
            protocolText: head.version == .http11 ? ByteView("HTTP/1.1") : ByteView("HTTP/1.0"))
        for index in head.fields.indices {
            transaction.addRequestHeader(name: head.fields.name(index), value: head.fields.value(index))
        }
        return true
    }

    /// Notes what a phase came to.
    mutating func obey(_ verdict: Verdict, _ plan: RulePlan) -> Bool {
        if transaction?.isEngineOn == true { report.phases.append(plan.phase) }
        guard report.decision == nil, verdict.action.isInterception || verdict.wouldDeny else {
            return !verdict.action.isInterception
        }
        report.decision = ReplayReport.Decision(
            action: decidedAction(verdict), status: verdict.status, ruleID: verdict.ruleID,
            phase: plan.phase,
            location: verdict.location.isEmpty ? nil : ShownBytes.escaped(verdict.location),
            isEnforced: verdict.action.isInterception)
        return !verdict.action.isInterception
    }

    /// A decision that is not enforced is known by its rule.
    private func decidedAction(_ verdict: Verdict) -> String {
        switch verdict.action {
        case .deny: return "deny"
        case .drop: return "drop"
        case .redirect: return "redirect"
        case .proxy: return "proxy"
        case .pass:
            let match = replayer.recorder.matches.last {
                $0.isLastLink && rule($0.starter)?.id == verdict.ruleID
            }
            return match.flatMap { rule($0.starter)?.disruption.spelling } ?? "deny"
        }
    }

    private func rule(_ index: Int) -> RuleRecord? {
        settings.ruleSet.map { replayer.policy.ruleSets[$0].view.rule(index) }
    }
}
