// The way of a response to the client: head and content as they arrive, at the client's pace.

internal import Bytes
internal import HTTP1
internal import HTTPMessage
internal import Inspection
internal import Journal
internal import RuleStore
internal import Transport

extension Exchange {
    /// Sends the head with what is held, then goes on with `rest` of the wire.
    func startStreaming(_ rest: ByteView, isComplete: Bool = false) {
        response = .streaming
        worker.output.removeAll(keepingCapacity: true)
        frameForClient(isComplete: isComplete)
        if relay.clientFraming == .untilClose { keepsAlive = false }
        writeResponseHead(into: &worker.output)
        tally.status = relay.head.status
        tally.sentHeadBytes += worker.output.count
        appendContent(relay.injection.prefix)
        if isComplete || !relay.hasBody {
            noteSurplus(rest.count)
            guard sendHeld() else { return }
            worker.output.removeAll(keepingCapacity: true)
            appendEndOfContent()
            if !worker.output.isEmpty, !session.send(worker.output.view) { return }
            responseEnded()
            return
        }
        if relay.held.wire.isEmpty {
            streamBody(rest, hasHeadPending: true)
        } else if sendHeld() {
            streamBody(rest)
        }
    }

    /// What is complete has a length, whatever framing it came in.
    private func frameForClient(isComplete: Bool) {
        relay.clientLength = isComplete && relay.hasBody ? .length(relay.held.wire.count) : relay.body
        relay.injection = injection
        switch relay.clientLength {
        case .none: relay.clientFraming = .plain
        case .length(let bytes):
            relay.clientFraming = .plain
            relay.clientLength = .length(bytes + relay.injection.byteCount)
        case .chunked, .untilClose:
            relay.clientFraming = session.head.version == .http11 ? .chunked : .untilClose
        }
    }

    /// What rules put around the content: nothing where there is none, where it is a part of something
    /// longer, or where it is coded.
    private var injection: ContentInjection {
        guard let injection = transaction?.contentInjection, !injection.isEmpty, relay.hasBody,
            relay.head.status != 206
        else { return ContentInjection() }
        guard transaction?.responseBodyCoding == .plain || relay.held.isRewrittenPlain else {
            worker.log.client(session, .warning, "nothing is appended or prepended to a coded body")
            return ContentInjection()
        }
        return injection
    }

    /// Content of rules' own, in the framing of the rest.
    private func appendContent(_ content: ByteView) {
        guard !content.isEmpty else { return }
        if relay.clientFraming == .chunked { ChunkedEncoder.appendChunkHead(bytes: content.count, to: &worker.output) }
        worker.output.append(content)
        if relay.clientFraming == .chunked { worker.output.append("\r\n") }
    }

    /// What comes behind the last byte of content.
    func appendEndOfContent() {
        appendContent(relay.injection.suffix)
        if relay.clientFraming == .chunked { worker.output.append("0\r\n\r\n") }
    }

    /// Sends what the output buffer holds, and the held content behind it.
    private func sendHeld() -> Bool {
        let held = relay.held.wire.view
        guard relay.clientFraming == .chunked, !held.isEmpty else { return session.send(worker.output.view, held) }
        ChunkedEncoder.appendChunkHead(bytes: held.count, to: &worker.output)
        return session.send(worker.output.view, held) && session.send(ByteView("\r\n"))
    }

    /// Sends content on as it arrives.
    ///
    /// - Parameter hasHeadPending: The output buffer holds the head, which leaves together with
    ///   the first content.
    func streamBody(_ bytes: ByteView, hasHeadPending: Bool = false) {
        if !hasHeadPending { worker.output.removeAll(keepingCapacity: true) }
        var offset = 0
        var isEnded = false
        while true {
            let step = decode(bytes, offset)
            switch step {
            case .data(let range):
                guard sendContent(bytes[range]) else { return }
                offset = range.upperBound
                continue
            case .needsMore: break
            case .end(let end):
                noteSurplus(bytes.count - end)
                isEnded = true
            case nil: return
            }
            break
        }
        if isEnded { appendEndOfContent() }
        if !worker.output.isEmpty, !session.send(worker.output.view) { return }
        if isEnded {
            responseEnded()
        } else {
            awaitMore()
        }
    }

    /// Sends one run of content, with what waits in the output buffer before it. Small runs are
    /// gathered there, so that a short response leaves in one piece.
    private func sendContent(_ content: ByteView) -> Bool {
        if relay.clientFraming == .chunked { ChunkedEncoder.appendChunkHead(bytes: content.count, to: &worker.output) }
        let tail = relay.clientFraming == .chunked ? ByteView("\r\n") : .empty
        if content.count <= GatewayLimits.coalescedBytes {
            worker.output.append(content)
            worker.output.append(tail)
            return true
        }
        guard session.send(worker.output.view, content) else { return false }
        worker.output.removeAll(keepingCapacity: true)
        worker.output.append(tail)
        return true
    }

    /// Back-pressure: a client that is behind stops its upstream.
    private func awaitMore() {
        guard session.isBlocked else {
            session.setDeadline(milliseconds: settings.readTimeoutMilliseconds)
            return
        }
        upstream.connection?.stream?.pauseReading(on: worker.poller)
        session.setDeadline(milliseconds: settings.clientSendTimeoutMilliseconds)
    }

    /// What comes behind a response would be taken for the answer to the connection's next request.
    func noteSurplus(_ bytes: Int) {
        guard bytes > 0 else { return }
        worker.log.upstream(session, .warning, "upstream sent \(bytes) bytes behind its response")
        relay.distrustUpstream()
    }

    func responseEnded() {
        response = .ended
        // A request that its server answered before it was whole can not be followed by another.
        if request != .sent { keepsAlive = false }
        releaseUpstream(mayReuse: relay.upstreamPersists)
        finish()
    }

    /// One step of the body; nil when its framing is broken, and then the exchange is over.
    func decode(_ bytes: ByteView, _ offset: Int) -> BodyStep? {
        do {
            return try relay.decode(bytes, from: offset)
        } catch {
            worker.log.client(session, .error, "upstream sent an invalid body: \(error)")
            failUpstream()
            if response == .holding {
                refuse(status: 502)
            } else {
                session.close()
            }
            return nil
        }
    }

    /// The upstream's connection has ended.
}
