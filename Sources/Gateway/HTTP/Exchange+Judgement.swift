// Asking the rules, and doing what they say.

internal import Bytes
internal import HTTPMessage
internal import Inspection
internal import RuleStore

extension Exchange {
    /// Phase 1.
    ///
    /// - Returns: false when the request was answered here.
    func passesRequestHeaders() -> Bool {
        guard let rules = route?.requestRules else { return true }
        worker.stats.add(.requestsInspected)
        let transaction = worker.transactions.take()
        self.transaction = transaction
        transaction.begin(rules: rules, isDetectOnly: route!.isDetectOnly, connection: connectionFacts)
        transaction.setRequestLine(
            line: session.head.requestLine, method: session.head.method, target: session.head.target,
            protocolText: session.head.version == .http11 ? ByteView("HTTP/1.1") : ByteView("HTTP/1.0"))
        for index in session.head.fields.indices {
            transaction.addRequestHeader(
                name: session.head.fields.name(index), value: session.head.fields.value(index))
        }
        return obey(transaction.evaluateRequestHeaders())
    }

    /// Phase 2, on what is held.
    func passesRequestBody(isTruncated: Bool) -> Bool {
        guard let transaction else { return true }
        return obey(transaction.evaluateRequestBody(requestBody.held.view, isTruncated: isTruncated))
    }

    /// Phase 3.
    func passesResponseHeaders() -> Bool {
        guard let transaction else { return true }
        transaction.setResponse(
            status: relay.head.status,
            protocolText: relay.head.version == .http11 ? ByteView("HTTP/1.1") : ByteView("HTTP/1.0"))
        for index in relay.head.fields.indices {
            transaction.addResponseHeader(
                name: relay.head.fields.name(index), value: relay.head.fields.value(index))
        }
        return obey(transaction.evaluateResponseHeaders())
    }

    /// Phase 4, on what is held.
    func passesResponseBody(isTruncated: Bool) -> Bool {
        guard let transaction else { return true }
        return obey(transaction.evaluateResponseBody(relay.held.view, isTruncated: isTruncated))
    }

    /// Writes what matched, and answers a denied exchange.
    private func obey(_ verdict: Verdict) -> Bool {
        if let transaction { worker.log.matches(of: transaction) }
        guard verdict.action == .deny else { return true }
        worker.stats.add(.requestsBlocked)
        closeUpstream()
        refuse(status: verdict.status)
        return false
    }

    private var connectionFacts: ConnectionFacts {
        ConnectionFacts(
            remoteAddress: session.client.remoteAddress, remotePort: session.client.remotePort,
            serverAddress: session.client.localAddress, serverPort: session.client.localPort,
            serverName: serverName, uniqueID: identifier.view.array)
    }

    /// What `$server_name` and SERVER_NAME stand for: the host that was asked for.
    private var serverName: [UInt8] {
        session.head.authority.map { HostName.name(of: $0).array } ?? []
    }
}
