// Asking the rules.

internal import Bytes
internal import Gateway
internal import HTTPMessage
internal import Inspection
internal import Pipeline
internal import Reports
internal import RuleStore

extension ReplayWalk {
    /// Phase 1.
    mutating func passesRequestHeaders() -> Bool {
        let hasTransaction = beginTransaction()
        if let stages = makeStages() {
            self.stages = stages
            return passes(stages, .connection, .requestHeaders)
                && passes(stages, .requestHeaders, .requestHeaders) { $0.evaluateRequestHeaders() }
        }
        guard hasTransaction, let transaction else { return true }
        return obey(transaction.evaluateRequestHeaders(), .requestHeaders)
    }

    /// Phase 2.
    mutating func passesRequestBody(hasBody: Bool, isTruncated: Bool) -> Bool {
        if let stages {
            let body = hasBody ? ByteText(requestBody.judged) : nil
            let fault = requestBody.fault
            stages.show(body: body?.view ?? .empty)
            transaction?.readRequestHead()
            transaction?.readRequestBody(body?.view, isTruncated: isTruncated, fault: fault)
            defer { withExtendedLifetime(body) {} }
            return passes(stages, .requestBody, .requestBody) {
                $0.evaluateRequestBody(body?.view, isTruncated: isTruncated, fault: fault)
            }
        }
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

    /// The pipeline that was asked for, else that of the location.
    private func makeStages() -> ReplayStages? {
        guard settings.inspection != .off, let pipeline = replayer.pipeline(of: settings) else { return nil }
        let path = ByteText(head.path)
        let fields: [StreamField: ByteText] = [
            .remoteAddress: ByteText(replayer.options.clientAddress),
            .host: ByteText(head.authority ?? .empty),
            .method: ByteText(head.method), .target: ByteText(head.target), .path: path,
            .transaction: ByteText("replay"),
        ]
        let headers = head.fields.indices.map {
            (name: ByteText(head.fields.name($0)), value: ByteText(head.fields.value($0)))
        }
        return ReplayStages(
            pipeline, transaction, fields: fields, headers: headers, clock: replayer.options.clock,
            isDetectOnly: settings.inspection == .detect)
    }

    /// Runs the stages of a phase, and notes what they come to.
    mutating func passes(
        _ stages: ReplayStages, _ phase: PipelinePhase, _ plan: RulePlan,
        _ judge: ((Transaction) -> Verdict)? = nil
    ) -> Bool {
        report.pipeline = stages.pipeline.name
        let verdict = stages.run(phase, judge)
        if let engine = stages.engineVerdict, !obey(engine, plan) { return false }
        guard let verdict else { return true }
        let status: Int =
            switch verdict.action {
            case .block(let status): status
            case .redirect: 302
            case .pass, .log, .drop, .close: 0
            }
        report.decision = ReplayReport.Decision(
            action: verdict.action.title, status: status, ruleID: 0, phase: plan.phase, location: nil,
            isEnforced: true, stage: verdict.stage)
        return false
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
