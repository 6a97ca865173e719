// The upstream side of an exchange: choosing a server, connecting, sending the request, trying
// another server when one fails.

internal import Bytes
internal import HTTP1
internal import HTTPMessage
internal import Journal
internal import Metrics
internal import Posix
internal import RuleStore
internal import Transport

extension Exchange {
    /// Judged: on to the upstream, or 404 where the location has none.
    func forward() {
        guard let proxy = settings.proxy else {
            refuse(status: 404)
            return
        }
        request = .connecting
        switch proxy.destination {
        case .upstream(let index): upstream.upstream = index
        case .variable(let template):
            guard resolve(template) else { return }
        }
        connect()
    }

    /// The host of a `proxy_pass` with variables: an upstream's name or an address.
    private func resolve(_ template: TemplateText) -> Bool {
        let text = expanded(template)
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
    private func connect() {
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

    private func own(_ connection: UpstreamConnection) {
        connection.exchange = self
        upstream.connection = connection
    }

    // MARK: Events

    func upstreamReady(_ event: Readiness) {
        guard let connection = upstream.connection, connection.stream != nil else { return }
        if connection.isConnecting {
            connected(connection)
            return
        }
        if event.isWritable, !flushUpstream(connection) { return }
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
    private func takeMoreOfBody() {
        session.setDeadline(milliseconds: settings.clientBodyTimeoutMilliseconds)
        if session.stream?.isReading == false { session.stream!.resumeReading(on: worker.poller) }
        session.drainInbox()
    }

    // MARK: Sending

    /// Sends the head and what is held of the body.
    private func sendRequest() {
        response = .awaitingHead
        worker.output.removeAll(keepingCapacity: true)
        let framing = forwardedFraming
        writeRequestHead(framing, into: &worker.output)
        let held = requestBody.held.view
        if framing == .chunked, !held.isEmpty { ChunkedEncoder.appendChunkHead(bytes: held.count, to: &worker.output) }
        guard sendUpstream(worker.output.view, held) else { return }
        if framing == .chunked, !held.isEmpty, !sendUpstream(ByteView("\r\n")) { return }
        if requestBody.isComplete {
            request = .sent
            session.setDeadline(milliseconds: settings.readTimeoutMilliseconds)
        } else {
            request = .streaming
            takeMoreOfBody()
        }
    }

    /// How the body is framed towards the upstream: what is complete has a length.
    private var forwardedFraming: BodyLength {
        if requestBody.isComplete {
            return requestBody.length == .none ? .none : .length(requestBody.held.count)
        }
        return requestBody.length
    }

    /// Sends a piece of content that is not held.
    ///
    /// - Returns: false when the exchange is over.
    func sendUpstream(content: ByteView) -> Bool {
        upstream.hasStreamedContent = true
        guard requestBody.length == .chunked else { return sendUpstream(content) }
        worker.output.removeAll(keepingCapacity: true)
        ChunkedEncoder.appendChunkHead(bytes: content.count, to: &worker.output)
        return sendUpstream(worker.output.view, content) && sendUpstream(ByteView("\r\n"))
    }

    /// The last byte of a streamed body has been sent on.
    func requestEnded() {
        if requestBody.length == .chunked, !sendUpstream(ByteView("0\r\n\r\n")) { return }
        request = .sent
        session.setDeadline(milliseconds: settings.readTimeoutMilliseconds)
        if response == .ended { finish() }
    }

    private func sendUpstream(_ first: ByteView, _ second: ByteView = .empty) -> Bool {
        guard let connection = upstream.connection, connection.stream != nil else { return false }
        worker.stats.add(.upstreamBytesSent, first.count + second.count)
        switch connection.stream!.send(first, second, on: worker.poller) {
        case .sent, .blocked: return true
        case .failed:
            // With content under way the answer decides, which may already be there: what the
            // server did not want to read it need not have read. The socket's next event tells.
            // Before that this is a failed attempt.
            guard !upstream.hasStreamedContent, response == .awaitingHead, upstream.connection === connection
            else { return true }
            attemptFailed(.closedEarly)
            return false
        }
    }

    // MARK: Failures

    /// The attempt under way has failed: another server, or an answer.
    func attemptFailed(_ failure: UpstreamFailure) {
        guard let connection = upstream.connection else { return }
        let wasReused = connection.isReused && failure == .closedEarly
        let origin = connection.origin
        closeUpstream()
        if wasReused, !upstream.hasStreamedContent, upstream.mayRepeat(after: failure, session.head.knownMethod) {
            // The server had closed the kept connection: no fault of its own.
            upstream.wantsFreshConnection = true
            response = .none
            request = .connecting
            connect()
            return
        }
        failed(failure, at: origin)
    }

    private func failed(_ failure: UpstreamFailure, at origin: UpstreamServer) {
        worker.stats.add(.upstreamFailures)
        let address = origin.upstream.flatMap { generation!.upstreams.address(of: origin.server, in: $0) }
        worker.log.client(session, .error, "upstream \(address?.hostText ?? "") \(failure.text)")
        if let index = origin.upstream {
            generation!.upstreams.failed(origin.server, of: index, now: worker.now)
            upstream.tried.insert(origin.server)
            if upstream.mayRepeat(after: failure, session.head.knownMethod) {
                response = .none
                request = .connecting
                connectToNext(failure)
                return
            }
        }
        refuse(status: failure.status)
    }

    private func connectToNext(_ failure: UpstreamFailure) {
        let set = generation!.upstreams
        guard let index = upstream.upstream,
            set.chooseServer(of: index, excluding: upstream.tried, now: worker.now) != nil
        else {
            refuse(status: failure.status)
            return
        }
        connect()
    }

    /// Counts a failure that is not tried again.
    func failUpstream() {
        if let origin = upstream.connection?.origin, let index = origin.upstream {
            generation!.upstreams.failed(origin.server, of: index, now: worker.now)
        }
        worker.stats.add(.upstreamFailures)
        closeUpstream()
    }

    func closeUpstream() {
        guard let connection = upstream.connection else { return }
        upstream.connection = nil
        worker.closeUpstream(connection)
    }

    /// The response is complete: the connection goes back to the pool if it may.
    func releaseUpstream(mayReuse: Bool) {
        guard let connection = upstream.connection else { return }
        if let index = connection.origin.upstream { connection.set.succeeded(connection.origin.server, of: index) }
        guard mayReuse, request == .sent, connection.stream?.isBlocked == false,
            let index = connection.origin.upstream, connection.set === worker.generation.upstreams
        else {
            closeUpstream()
            return
        }
        upstream.connection = nil
        connection.exchange = nil
        if connection.stream?.isReading == false { connection.stream!.resumeReading(on: worker.poller) }
        if let surplus = connection.set.keepIdle(connection.handle, server: connection.origin.server, of: index),
            let closing = worker.tables.upstream(surplus)
        {
            worker.closeUpstream(closing)
        }
    }
}
