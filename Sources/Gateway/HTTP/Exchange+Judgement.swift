// Asking the rules, and doing what they say.

internal import Bytes
internal import HTTPMessage
internal import Inspection
internal import Metrics
internal import RemoteInspection
internal import RuleStore

extension Exchange {
    /// Phase 1.
    ///
    /// - Returns: false when the request was answered here.
    func passesRequestHeaders() -> Bool {
        guard let transaction = beginTransaction() else { return true }
        return obey(transaction.evaluateRequestHeaders())
    }

    /// A refused head goes through the rules all the same, so that the log tells what it was; the
    /// refusal stands whatever they say.
    ///
    /// - Parameter throughBody: Phase 2 as well, on an empty body.
    func judgeRefused(in generation: ActiveGeneration, throughBody: Bool) {
        let host = session.head.authority ?? .empty
        let listener = session.client.listener
        guard
            let server = generation.routes.server(listener: listener, host: host)
                ?? generation.routes.server(listener: listener, host: .empty)
        else { return }
        let path =
            PathNormalizer.normalize(session.head.path, scratch: &worker.pathScratch) ?? ByteView("//")[..<1]
        route = generation.routes.route(server: server, path: path, matcher: worker.matcher).route
        guard let transaction = beginTransaction() else { return }
        if transaction.evaluateRequestHeaders().action == .pass, throughBody {
            _ = transaction.evaluateRequestBody(nil, isTruncated: false)
        }
        worker.log.matches(of: transaction)
    }

    /// A head that can not be parsed gets a line in the log of the address's default server.
    func beginUnreadable() {
        tally.begin(headBytes: 0, now: worker.now)
        let generation = worker.generation
        self.generation = generation
        identifier.removeAll(keepingCapacity: true)
        worker.identifiers.appendNext(to: &identifier)
        routeToDefault(in: generation)
    }

    /// For a request of which nobody knows where it belongs: so that a log tells of it.
    func routeToDefault(in generation: ActiveGeneration) {
        guard let server = generation.routes.server(listener: session.client.listener, host: .empty) else {
            return
        }
        route = generation.routes.outside(server: server)
    }

    /// nil where no rules apply.
    func beginTransaction() -> Transaction? {
        guard let rules = route?.requestRules else { return nil }
        session.head.fields.combineRepeated()
        worker.stats.add(.requestsWithRules)
        let transaction = worker.transactions.take()
        self.transaction = transaction
        session.client.withFacts(serverName: serverName, uniqueID: identifier.view) {
            transaction.begin(
                rules: rules, isDetectOnly: route!.isDetectOnly, connection: judgedFacts($0),
                auditMode: route!.auditMode, hasDebugLog: route!.debugFile != nil)
        }
        setRequestLine(of: transaction)
        let host = judgedHost
        let isCarrier = carriesMessage
        for index in session.head.fields.indices {
            let name = session.head.fields.name(index)
            if isCarrier, Self.describesCarrier(name) { continue }
            let value = session.head.fields.value(index)
            transaction.addRequestHeader(
                name: name, value: host != nil && name.equalsIgnoringASCIICase("Host") ? host! : value)
        }
        return transaction
    }

    /// Phase 2, on what is held.
    func passesRequestBody(isTruncated: Bool) -> Bool {
        guard let transaction else { return true }
        if carriesMessage { return obey(judgeCarriedMessage(transaction)) }
        let body = requestBody.length == .none ? nil : requestBody.held.judged
        return obey(
            transaction.evaluateRequestBody(body, isTruncated: isTruncated, fault: requestBody.held.fault))
    }

    /// Phase 3.
    func passesResponseHeaders() -> Bool {
        guard let transaction, !isInPipeline || course?.hasRules == true else { return true }
        showResponse(to: transaction)
        return obey(transaction.evaluateResponseHeaders())
    }

    /// Tells of the head of the response.
    func showResponse(to transaction: Transaction) {
        transaction.setResponse(
            status: relay.head.status,
            protocolText: relay.head.version == .http11 ? ByteView("HTTP/1.1") : ByteView("HTTP/1.0"),
            reason: relay.head.reason)
        for index in relay.head.fields.indices {
            transaction.addResponseHeader(
                name: relay.head.fields.name(index), value: relay.head.fields.value(index))
        }
    }

    /// Phase 4, on what is held.
    func passesResponseBody(isTruncated: Bool) -> Bool {
        guard let transaction else { return true }
        let body = response == .holding ? relay.held.judged : nil
        return obey(
            transaction.evaluateResponseBody(
                body, isTruncated: isTruncated, isDecoded: response == .holding && relay.held.isDecoded))
    }

    /// Writes what matched, and answers a denied exchange.
    func obey(_ verdict: Verdict) -> Bool {
        note(verdict)
        if settings.answersInspection, verdict.action.isInterception {
            worker.stats.add(.requestsBlocked)
            answerInspection(.urgent)
            return false
        }
        switch verdict.action {
        case .pass:
            return true
        case .proxy:
            return true
        case .deny: intercept(.refuse(status: verdict.status, location: .empty))
        case .redirect: intercept(.refuse(status: verdict.status, location: verdict.location))
        case .drop: intercept(.close)
        }
        return false
    }

    /// Writes what matched.
    func note(_ verdict: Verdict) {
        if let transaction {
            if settings.answersInspection { inspection.note(transaction.log.view) }
            worker.log.matches(of: transaction)
        }
        tally.judged(verdict)
        if verdict.action == .proxy, diversion == nil {
            worker.stats.add(.requestsBlocked)
            diversion = Diversion(verdict.location)
        }
    }

    private func intercept(_ ending: Resumption) {
        worker.stats.add(.requestsBlocked)
        closeUpstream()
        if response == .none, isPaused(before: ending) { return }
        switch ending {
        case .refuse(let status, let location): refuse(status: status, location: location)
        case .close, .forward: session.close()
        }
    }

    /// What SERVER_NAME stands for: the host that was asked for.
    private var serverName: ByteView {
        session.head.authority.map { HostName.name(of: $0) } ?? .empty
    }
}
