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
        case .accepted(let request):
            let pending = PendingHandshake(request, settings)
            guard isAccepted(pending, offered: request) else { return false }
            handshake = pending
            return true
        }
    }

    /// Origins and subprotocols: the positive rules on a handshake.
    private func isAccepted(_ pending: PendingHandshake, offered: UpgradeRequest) -> Bool {
        guard settings.webSocketInspection != .off, let violation = violation(pending, offered) else { return true }
        let isEnforced = settings.webSocketInspection == .on
        worker.log.handshakeViolation(violation, isEnforced: isEnforced, session, identifier.view)
        guard isEnforced else { return true }
        worker.stats.add(.webSocketViolations)
        refuse(status: 403)
        return false
    }

    private func violation(_ pending: PendingHandshake, _ offered: UpgradeRequest) -> HandshakeViolation? {
        let policy = settings.messages
        if let origins = route?.origins, !origins.isEmpty {
            if let origin = session.head.fields.first(.origin) {
                // Several fields are no origin that anybody could compare with.
                let isOne = !session.head.fields.isRepeated(.origin)
                guard isOne, origins.contains(where: { $0.matches(origin) }) else { return .origin }
            } else if !policy.acceptsNoOrigin {
                return .origin
            }
        }
        guard !policy.subprotocols.isEmpty else { return nil }
        if offered.subprotocols.isEmpty { return policy.acceptsNoSubprotocol ? nil : .subprotocol }
        let hasAccepted = offered.subprotocols.contains { name in
            policy.subprotocols.contains { $0.utf8.elementsEqual(name) }
        }
        return hasAccepted ? nil : .subprotocol
    }

    /// The upstream has answered 101.
    ///
    /// - Parameter rest: Bytes right behind its head: the first frames.
    func switchProtocols(rest: ByteView) throws(ResponseError) {
        guard let handshake else { throw .unaskedSwitch }
        var accepted: UpgradeResponse
        do {
            try HopByHop.mark(&relay.head.fields)
            accepted = try UpgradeResponse(
                answering: handshake.request, fields: PendingHandshake.fields(of: relay.head.fields))
        } catch let error as UpgradeResponseError {
            throw .handshake("\(error)")
        } catch {
            throw .handshake("\(error)")
        }
        // The answer need not be changed where the client is asked already.
        let asksForResets = handshake.resetsContexts && accepted.deflate?.fromClient.resetsContext == false
        worker.countResponse(status: 101)
        guard passesResponseHeaders() else { return }
        worker.output.removeAll(keepingCapacity: true)
        if handshake.resetsContexts { accepted.deflate?.fromClient.resetsContext = true }
        writeSwitch(into: &worker.output, asksForResets: asksForResets)
        tally.status = 101
        tally.sentHeadBytes += worker.output.count
        guard session.send(worker.output.view) else { return }
        let subprotocol = ByteText(String(decoding: accepted.subprotocol ?? [], as: UTF8.self))
        let opening = TunnelOpening(
            route: route!, generation: generation!, listener: session.client.listener,
            host: ByteText(session.head.authority ?? .empty), path: ByteText(path.view),
            deflate: accepted.deflate, subprotocol: subprotocol,
            declared: DeclaredFormat(subprotocol: subprotocol.view, target: session.head.target),
            context: transaction?.makeMessageContext(), identifier: ByteText(identifier.view),
            client: session.client.remoteAddress, openedSeconds: worker.secondsSinceEpoch,
            target: makeMessageTarget())
        worker.openTunnel(session: session, exchange: self, opening, firstFrames: rest)
    }

    private func writeSwitch(into output: inout ByteBuffer, asksForResets: Bool) {
        HeadWriter.appendStatusLine(101, to: &output)
        var skipped = KnownFieldSet.framing
        if asksForResets { skipped.insert(KnownFieldSet(.secWebSocketExtensions)) }
        HeadWriter.appendFields(of: relay.head.fields, skipping: skipped, to: &output)
        if asksForResets {
            handshake?.appendExtensions(answer: PendingHandshake.fields(of: relay.head.fields), to: &output)
        }
        HeadWriter.appendField("Upgrade", "websocket", to: &output)
        HeadWriter.appendConnection(.upgrade, to: &output)
        HeadWriter.appendEnd(to: &output)
    }
}
