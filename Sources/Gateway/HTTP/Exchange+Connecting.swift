// Choosing a server for a request and getting a connection to it.

internal import Bytes
internal import Inspection
internal import Journal
internal import Metrics
internal import Pipeline
internal import Posix
internal import RuleStore
internal import Transport

extension Exchange {
    /// Judged by the rules: others may be asked.
    func forward() {
        if isPaused(before: .forward) { return }
        let hasAsked = isInPipeline && course?.asksTarget == true
        if !hasAsked, asksTarget() { return }
        proceed()
    }

    /// Judged: on to the upstream, or 404 where the location has none.
    func proceed() {
        if settings.answersInspection { return answerInspection() }
        takeOverEdits()
        if requestBody.isComplete, let body = transaction?.rewrittenRequestBody {
            requestBody.held.replace(with: body)
        }
        if let diversion {
            request = .connecting
            if resolve(diversion.authority) { connect() }
            return
        }
        guard let proxy = settings.proxy else {
            refuse(status: 404)
            return
        }
        request = .connecting
        switch proxy.destination {
        case .upstream(let index): upstream.upstream = index
        case .variable(let template):
            guard resolve(expanded(template)) else { return }
        }
        connect()
    }

    /// The host of a `proxy_pass` with variables or of a rule's `proxy`: an upstream's name or an address.
    private func resolve(_ text: String) -> Bool {
        if let index = generation!.upstreams.index(named: text) {
            upstream.upstream = index
            return true
        }
        guard let address = SocketAddress(authority: text, defaultPort: 80) else {
            worker.log.client(session, .error, "no upstream and no address: \(text)")
            refuse(status: 502)
            return false
        }
        open(address, UpstreamServer(upstream: nil, server: 0))
        return false
    }

    /// Takes a kept connection or opens one, to the next server that may be tried.
    func connect() {
        let set = generation!.upstreams
        guard let index = upstream.upstream else {
            refuse(status: 502)
            return
        }
        guard let server = set.chooseServer(of: index, excluding: upstream.tried, now: worker.now) else {
            worker.stats.add(.upstreamFailures)
            worker.log.client(session, .error, "no server of the upstream can be used")
            refuse(status: 502)
            return
        }
        let origin = UpstreamServer(upstream: index, server: server)
        if !upstream.wantsFreshConnection, let handle = set.takeIdle(server: server, of: index),
            let connection = worker.tables.upstream(handle)
        {
            upstream.count += 1
            connection.isReused = true
            own(connection)
            if let address = set.address(of: server, in: index) { noteAttempt(address) }
            sendRequest()
            return
        }
        guard let address = set.address(of: server, in: index) else {
            refuse(status: 502)
            return
        }
        open(address, origin)
    }

    private func open(_ address: SocketAddress, _ origin: UpstreamServer) {
        upstream.count += 1
        noteAttempt(address)
        do {
            let connection = try worker.openUpstream(address, origin, generation!.upstreams)
            own(connection)
            if connection.isConnecting {
                session.setDeadline(milliseconds: settings.connectTimeoutMilliseconds)
            } else {
                sendRequest()
            }
        } catch {
            failed(.notConnected(errno: error.code), at: origin)
        }
    }

    /// For the access log, if there is one.
    private func noteAttempt(_ address: SocketAddress) {
        if route?.accessLogs.isEmpty == false { tally.attemptBegan(address, now: worker.now) }
    }

    private func own(_ connection: UpstreamConnection) {
        connection.exchange = self
        upstream.connection = connection
    }

    func upstreamReady(_ event: Readiness) {
        guard let connection = upstream.connection, connection.stream != nil else { return }
        if connection.isConnecting {
            connected(connection)
            return
        }
        if event.isWritable, !flushUpstream(connection) { return }
        if response == .judging {
            if event.isBroken { connection.stream!.stopWatching(on: worker.poller) }
            return
        }
        if event.isReadable || event.isBroken { readResponse(connection) }
    }

    private func connected(_ connection: UpstreamConnection) {
        guard let number = connection.stream?.number else { return }
        let code = StreamSocket.connectionError(number)
        guard code == 0 else {
            attemptFailed(.notConnected(errno: code))
            return
        }
        connection.isConnecting = false
        connection.stream!.watchForReading(on: worker.poller)
        sendRequest()
    }

    /// Returns false when the connection failed.
    private func flushUpstream(_ connection: UpstreamConnection) -> Bool {
        switch connection.stream!.flush(on: worker.poller) {
        case .blocked: return true
        case .failed:
            // Its answer may already be there: a server may refuse a body it does not want.
            return true
        case .sent:
            if request == .streaming { takeMoreOfBody() }
            return upstream.connection != nil
        }
    }

    /// The upstream takes content: what the session has of it, and what the client sends from now
    /// on. A client that was ahead of its request's connection has been paused.
    func takeMoreOfBody() {
        session.setDeadline(milliseconds: settings.clientBodyTimeoutMilliseconds)
        if session.stream?.isReading == false { session.stream!.resumeReading(on: worker.poller) }
        session.drainInbox()
    }
}
