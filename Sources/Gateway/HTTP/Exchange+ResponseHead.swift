// What an upstream answers: where its bytes go, and the head with phase 3.

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
        case .judging: relay.inbox.append(bytes)
        case .none, .ended:
            // Bytes that no request asked for.
            closeUpstream()
        }
    }


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
                tally.attemptAnswered(status: relay.head.status)
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
        if isInPipeline { return judgeResponseHeadInPipeline(rest: rest) }
        guard passesResponseHeaders() else { return }
        if holdsBody {
            startHolding(rest)
        } else {
            guard transaction == nil || passesResponseBody(isTruncated: false) else { return }
            startStreaming(rest)
        }
    }

    /// Whether the body is collected before the client sees anything: its type is inspected, and
    /// it is no event stream, which has no end to wait for.
    var holdsBody: Bool {
        guard let transaction, relay.hasBody else { return false }
        let type = relay.head.fields.first(.contentType) ?? .empty
        return transaction.needsResponseBody(
            contentType: type, withoutRules: course?.wantsResponseBody ?? false)
            && !Self.isEventStream(type)
    }

    private static func isEventStream(_ type: ByteView) -> Bool {
        let end = type.firstIndex(of: ASCII.byte(";")) ?? type.count
        return type[..<end].trimming(while: ASCII.isBlank).equalsIgnoringASCIICase("text/event-stream")
    }


    func upstreamEnded() {
        switch response {
        case .awaitingHead, .none: attemptFailed(.closedEarly)
        case .holding where relay.body == .untilClose:
            heldBodyEnded()
        case .streaming where relay.body == .untilClose:
            worker.output.removeAll(keepingCapacity: true)
            appendEndOfContent()
            if !worker.output.isEmpty, !session.send(worker.output.view) { return }
            responseEnded()
        case .holding:
            failUpstream()
            refuse(status: 502)
        case .streaming:
            // The client has part of the body: only a broken connection tells it so.
            worker.log.client(session, .error, "upstream closed the connection in the middle of its response")
            failUpstream()
            session.close()
        // Looked at again once the verdict is there.
        case .judging: break
        case .ended: closeUpstream()
        }
    }
}
