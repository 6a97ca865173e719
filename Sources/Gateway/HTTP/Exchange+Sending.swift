// The request on its way to the upstream.

internal import Bytes
internal import HTTP1
internal import HTTPMessage
internal import Metrics
internal import RuleStore
internal import Transport

extension Exchange {
    /// Sends the head and what is held of the body.
    func sendRequest() {
        response = .awaitingHead
        worker.output.removeAll(keepingCapacity: true)
        let framing = forwardedFraming
        writeRequestHead(framing, into: &worker.output)
        let held = requestBody.held.wire.view
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
            return requestBody.length == .none ? .none : .length(requestBody.held.wire.count)
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

    func sendUpstream(_ first: ByteView, _ second: ByteView = .empty) -> Bool {
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
}
