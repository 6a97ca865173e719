// The response side of an exchange: head, phases 3 and 4, and the way of its body to the client.

internal import Bytes
internal import HTTP1
internal import HTTPMessage
internal import Inspection
internal import Journal
internal import Metrics
internal import Posix
internal import RuleStore
internal import Transport
internal import WebSocket

extension Exchange {
    /// One receive from the upstream and everything that can be done with its bytes.
    func readResponse(_ connection: UpstreamConnection) {
        guard let number = connection.stream?.number else { return }
        switch worker.window.receive(from: number) {
        case .wouldBlock: return
        case .failed, .endOfStream: upstreamEnded()
        case .moved(let count):
            worker.stats.add(.upstreamBytesReceived, count)
            received(worker.window.received(count))
        }
    }

    private func received(_ bytes: ByteView) {
        switch response {
        case .awaitingHead:
            if relay.inbox.isEmpty {
                readHead(bytes)
            } else {
                relay.inbox.append(bytes)
                // Taken out of the relay while it is parsed: the parser changes the relay's head.
                var inbox = ByteBuffer()
                swap(&inbox, &relay.inbox)
                readHead(inbox.view)
            }
        case .holding: holdBody(bytes)
        case .streaming: streamBody(bytes)
        case .none, .ended:
            // Bytes that no request asked for.
            closeUpstream()
        }
    }

    // MARK: Head

    /// Parses a head at the start of `bytes`; an incomplete one is kept in the relay.
    private func readHead(_ bytes: ByteView) {
        var offset = 0
        while response == .awaitingHead {
            do {
                guard
                    let length = try relay.parseHead(bytes[offset...], limits: worker.httpLimits)
                else {
                    relay.inbox.append(bytes[offset...])
                    return
                }
                offset += length
                relay.expectHead()
                if relay.head.isInterim {
                    try skipInterim()
                } else {
                    try begin(rest: bytes[offset...])
                    return
                }
            } catch let error as HTTP1Error {
                attemptFailed(.invalid("\(error)"))
                return
            } catch {
                attemptFailed(.invalid("\(error)"))
                return
            }
        }
    }

    /// 100 (Continue) was answered here; other interim responses are for the gateway's ears only.
    private func skipInterim() throws(ResponseError) {
        relay.interimCount += 1
        guard relay.interimCount <= GatewayLimits.interimResponses else { throw .tooManyInterim }
        relay.head.reset()
    }

    /// The final head is here; `rest` is what came behind it.
    private func begin(rest: ByteView) throws(ResponseError) {
        if relay.head.status == 101 {
            try switchProtocols(rest: rest)
            return
        }
        handshake = nil
        do {
            let framing = try MessageFraming.response(&relay.head, to: session.head.knownMethod)
            relay.beginBody(framing, limits: worker.httpLimits)
            try HopByHop.mark(&relay.head.fields)
        } catch {
            throw .framing(error)
        }
        worker.countResponse(status: relay.head.status)
        guard passesResponseHeaders() else { return }
        if holdsBody {
            response = .holding
            session.setDeadline(milliseconds: settings.responseHoldMilliseconds)
            holdBody(rest)
        } else {
            guard transaction == nil || passesResponseBody(isTruncated: false) else { return }
            startStreaming(rest)
        }
    }

    /// Whether the body is collected before the client sees anything: its type is inspected, and
    /// it is no event stream, which has no end to wait for.
    private var holdsBody: Bool {
        guard let transaction, relay.hasBody else { return false }
        let type = relay.head.fields.first(.contentType) ?? .empty
        return transaction.needsResponseBody(contentType: type)
            && !Self.isEventStream(type)
    }

    private static func isEventStream(_ type: ByteView) -> Bool {
        let end = type.firstIndex(of: ASCII.byte(";")) ?? type.count
        return type[..<end].trimming(while: ASCII.isBlank).equalsIgnoringASCIICase("text/event-stream")
    }

    // MARK: Holding

    private func holdBody(_ bytes: ByteView) {
        guard let transaction else { return }
        var offset = 0
        while true {
            switch decode(bytes, offset) {
            case .data(let range):
                relay.held.append(bytes[range])
                offset = range.upperBound
                if relay.held.count > transaction.responseBodyLimitBytes {
                    bodyExceedsInspection(rest: bytes[offset...])
                    return
                }
            case .needsMore: return
            case .end(let end):
                noteSurplus(bytes.count - end)
                guard passesResponseBody(isTruncated: false) else { return }
                startStreaming(.empty, isComplete: true)
                return
            case nil: return
            }
        }
    }

    /// SecResponseBodyLimitAction.
    private func bodyExceedsInspection(rest: ByteView) {
        if transaction?.responseBodyLimitAction == .reject {
            worker.log.client(session, .error, "response body is longer than SecResponseBodyLimit")
            closeUpstream()
            refuse(status: 500)
        } else if passesResponseBody(isTruncated: true) {
            startStreaming(rest)
        }
    }

    /// The time for holding is over: what is there is judged, the rest is streamed.
    func releaseHeldResponse() {
        guard passesResponseBody(isTruncated: true) else { return }
        startStreaming(.empty)
    }

    // MARK: Streaming

    /// Sends the head with what is held, then goes on with `rest` of the wire.
    private func startStreaming(_ rest: ByteView, isComplete: Bool = false) {
        response = .streaming
        worker.output.removeAll(keepingCapacity: true)
        relay.clientFraming = clientFraming
        if relay.clientFraming == .untilClose { keepsAlive = false }
        writeResponseHead(into: &worker.output)
        if isComplete || !relay.hasBody {
            noteSurplus(rest.count)
            guard sendHeld() else { return }
            responseEnded()
            return
        }
        if relay.held.isEmpty {
            streamBody(rest, hasHeadPending: true)
        } else if sendHeld() {
            streamBody(rest)
        }
    }

    private var clientFraming: ResponseRelay.ClientFraming {
        switch relay.body {
        case .none, .length: .plain
        case .chunked, .untilClose: session.head.version == .http11 ? .chunked : .untilClose
        }
    }

    /// Sends what the output buffer holds, and the held content behind it.
    private func sendHeld() -> Bool {
        let held = relay.held.view
        guard relay.clientFraming == .chunked, !held.isEmpty else { return session.send(worker.output.view, held) }
        ChunkedEncoder.appendChunkHead(bytes: held.count, to: &worker.output)
        return session.send(worker.output.view, held) && session.send(ByteView("\r\n"))
    }

    /// Sends content on as it arrives.
    ///
    /// - Parameter hasHeadPending: The output buffer holds the head, which leaves together with
    ///   the first content.
    private func streamBody(_ bytes: ByteView, hasHeadPending: Bool = false) {
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
        if isEnded, relay.clientFraming == .chunked { worker.output.append("0\r\n\r\n") }
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
    private func noteSurplus(_ bytes: Int) {
        guard bytes > 0 else { return }
        worker.log.upstream(session, .warning, "upstream sent \(bytes) bytes behind its response")
        relay.distrustUpstream()
    }

    private func responseEnded() {
        response = .ended
        // A request that its server answered before it was whole can not be followed by another.
        if request != .sent { keepsAlive = false }
        releaseUpstream(mayReuse: relay.upstreamPersists)
        finish()
    }

    /// One step of the body; nil when its framing is broken, and then the exchange is over.
    private func decode(_ bytes: ByteView, _ offset: Int) -> BodyStep? {
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
    private func upstreamEnded() {
        switch response {
        case .awaitingHead, .none: attemptFailed(.closedEarly)
        case .holding where relay.body == .untilClose:
            guard passesResponseBody(isTruncated: false) else { return }
            startStreaming(.empty, isComplete: true)
        case .streaming where relay.body == .untilClose:
            if relay.clientFraming == .chunked, !session.send(ByteView("0\r\n\r\n")) { return }
            responseEnded()
        case .holding:
            failUpstream()
            refuse(status: 502)
        case .streaming:
            // The client has part of the body: only a broken connection tells it so.
            worker.log.client(session, .error, "upstream closed the connection in the middle of its response")
            failUpstream()
            session.close()
        case .ended: closeUpstream()
        }
    }
}

/// Why a well-formed response head is refused nevertheless.
enum ResponseError: Error, CustomStringConvertible {
    case tooManyInterim
    case framing(FramingError)
    case unaskedSwitch
    case handshake(String)

    var description: String {
        switch self {
        case .tooManyInterim: "too many interim responses"
        case .framing(let error): "\(error.reason)"
        case .unaskedSwitch: "switched protocols without being asked"
        case .handshake(let reason): "WebSocket handshake: \(reason)"
        }
    }
}
