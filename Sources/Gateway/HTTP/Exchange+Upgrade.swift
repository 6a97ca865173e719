// Requests that ask for a WebSocket: checked before they go on, and checked again when the
// answer comes (RFC 6455 section 4).

internal import Bytes
internal import HTTP1
internal import HTTPMessage
internal import Inspection
internal import Journal
internal import Metrics
internal import RuleStore
internal import WebSocket

extension Exchange {
    /// Judges the handshake of a request that has one. Any other `Upgrade` (h2c) is not sent on,
    /// as it ends at this hop.
    ///
    /// - Returns: false when the request was answered here.
    func acceptHandshake() -> Bool {
        guard session.head.fields.contains(.upgrade) else { return true }
        let verdict = UpgradeRequest.judge(
            method: session.head.method, isHTTP11: session.head.version == .http11,
            hasBody: requestBody.length != .none, fields: PendingHandshake.fields(of: session.head.fields))
        switch verdict {
        case .notWebSocket: return true
        case .refused(let refusal):
            worker.stats.add(.requestsRejected)
            worker.log.client(session, .info, "client sent an invalid WebSocket handshake: \(refusal)")
            refuse(status: refusal.status)
            return false
        case .accepted(var request):
            if !settings.allowsDeflate { request.offer = DeflateOffer() }
            handshake = PendingHandshake(request: request)
            return true
        }
    }

    /// The upstream has answered 101.
    ///
    /// - Parameter rest: Bytes right behind its head: the first frames.
    func switchProtocols(rest: ByteView) throws(ResponseError) {
        guard let handshake else { throw .unaskedSwitch }
        let accepted: UpgradeResponse
        do {
            try HopByHop.mark(&relay.head.fields)
            accepted = try UpgradeResponse(
                answering: handshake.request, fields: PendingHandshake.fields(of: relay.head.fields))
        } catch let error as UpgradeResponseError {
            throw .handshake("\(error)")
        } catch {
            throw .handshake("\(error)")
        }
        worker.countResponse(status: 101)
        guard passesResponseHeaders() else { return }
        worker.output.removeAll(keepingCapacity: true)
        writeSwitch(into: &worker.output)
        tally.status = 101
        tally.sentHeadBytes += worker.output.count
        guard session.send(worker.output.view) else { return }
        let opening = TunnelOpening(
            route: route!, generation: generation!, listener: session.client.listener,
            host: ByteText(session.head.authority ?? .empty), path: ByteText(path.view),
            deflate: accepted.deflate, subprotocol: ByteText(String(decoding: accepted.subprotocol ?? [], as: UTF8.self)),
            context: transaction?.makeMessageContext(), identifier: ByteText(identifier.view))
        worker.openTunnel(session: session, exchange: self, opening, firstFrames: rest)
    }

    private func writeSwitch(into output: inout ByteBuffer) {
        HeadWriter.appendStatusLine(101, to: &output)
        HeadWriter.appendFields(of: relay.head.fields, skipping: .framing, to: &output)
        HeadWriter.appendField("Upgrade", "websocket", to: &output)
        HeadWriter.appendConnection(.upgrade, to: &output)
        HeadWriter.appendEnd(to: &output)
    }
}
