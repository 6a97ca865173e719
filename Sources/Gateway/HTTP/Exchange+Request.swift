// From a parsed head to a request that may go on: framing, route, phase 1, body, phase 2.

internal import Bytes
internal import HTTP1
internal import HTTPMessage
internal import Inspection
internal import Journal
internal import Metrics
internal import RuleStore
internal import Transport
internal import WebSocket

extension Exchange {
    /// The session has a whole head in `session.head`.
    func begin(headBytes: Int) {
        worker.stats.add(.requests)
        tally.begin(headBytes: headBytes, now: worker.now)
        let generation = worker.generation
        self.generation = generation
        identifier.removeAll(keepingCapacity: true)
        worker.identifiers.appendNext(to: &identifier)
        keepsAlive = true

        let framing: MessageFraming
        do {
            framing = try MessageFraming.request(&session.head)
            try HopByHop.mark(&session.head.fields)
        } catch {
            worker.stats.add(.requestsRejected)
            worker.log.client(session, .info, "client sent an invalid request: \(error.reason)")
            keepsAlive = false
            if error.isShownToRules { judgeRefused(in: generation, throughBody: true) }
            if route == nil { routeToDefault(in: generation) }
            refuse(status: error.status)
            return
        }
        if framing.closesAfterwards { keepsAlive = false }
        guard chooseRoute(in: generation) else { return }
        requestBody.begin(framing.body, limitBytes: settings.maxBodyBytes, limits: worker.httpLimits)
        if case .length(let bytes) = framing.body, settings.maxBodyBytes > 0, bytes > settings.maxBodyBytes {
            worker.log.client(session, .error, "client intended to send too large a body: \(bytes) bytes")
            refuse(status: 413)
            return
        }
        guard acceptHandshake() else { return }
        if entersPipeline() { return }
        guard passesRequestHeaders() else { return }
        takeBody()
    }

    /// Finds server and location; answers itself when there is none.
    private func chooseRoute(in generation: ActiveGeneration) -> Bool {
        let host = session.head.authority ?? .empty
        guard let server = generation.routes.server(listener: session.client.listener, host: host) else {
            keepsAlive = false
            refuse(status: 421)
            return false
        }
        route = generation.routes.outside(server: server)
        guard let path = PathNormalizer.normalize(routedPath, scratch: &worker.pathScratch) else {
            worker.stats.add(.requestsRejected)
            // As far as the reference engine comes before Apache refuses such a path.
            judgeRefused(in: generation, throughBody: false)
            refuse(status: 400)
            return false
        }
        let found = generation.routes.route(server: server, path: path, matcher: worker.matcher)
        route = found.route
        self.path.removeAll(keepingCapacity: true)
        self.path.append(path)
        keepAliveMilliseconds = settings.keepAliveTimeoutMilliseconds
        headMilliseconds = settings.clientHeaderTimeoutMilliseconds
        sendMilliseconds = settings.clientSendTimeoutMilliseconds
        if settings.isTarget {
            // Inquiries alone come here.
            refuse(status: 404)
            return false
        }
        if found.redirectsToSlash {
            redirectToSlash()
            return false
        }
        return true
    }

    /// `*` means the server as a whole (RFC 9112 section 3.2.4): the location of its root.
    private var routedPath: ByteView {
        session.head.form == .asterisk ? .empty : session.head.path
    }

    /// Collects the body for inspection, or lets the request go on at once.
    func takeBody() {
        if requestBody.isComplete {
            judgeRequestBody(isTruncated: false)
        } else if transaction?.needsRequestBody == true || holdsBodyForTarget || carriesMessage {
            guard acceptsCoding() else { return }
            request = .holding
            guard sendContinue() else { return }
            session.setDeadline(milliseconds: settings.clientBodyTimeoutMilliseconds)
        } else if isInPipeline {
            if sendContinue() { judgeRequestBody(isTruncated: false) }
        } else if passesRequestBody(isTruncated: false), sendContinue() {
            forward()
        }
    }

    /// Content-Encoding: the body is decoded while it is held, or refused where `waf_request_coding` says
    /// so or nobody could tell what is in it. Where nothing is enforced it is judged as far as it goes.
    private func acceptsCoding() -> Bool {
        guard let transaction, transaction.needsRequestBody else { return true }
        switch transaction.requestBodyCoding {
        case .plain: return true
        case .coded(let codings):
            if settings.refusesCodedRequests, transaction.enforces {
                refuseCoding("waf_request_coding is refuse")
                return false
            }
            requestBody.held.decode(codings, limitBytes: transaction.requestBodyLimitBytes)
        case .unreadable(let reason):
            if transaction.enforces {
                refuseCoding(reason)
                return false
            }
            requestBody.held.markUnreadable(reason)
        }
        return true
    }

    /// 415 (Unsupported Media Type), RFC 9110 section 15.5.16.
    private func refuseCoding(_ reason: String) {
        worker.log.client(session, .error, "request body under Content-Encoding refused: \(reason)")
        worker.stats.add(.requestsBlocked)
        refuse(status: 415)
    }

    /// `Expect: 100-continue` is answered here, because the body is wanted in any case (RFC 9110
    /// section 10.1.1); the expectation is not forwarded.
    ///
    /// - Returns: false when the client is gone, and the exchange with it.
    private func sendContinue() -> Bool {
        guard session.head.version == .http11,
            session.head.fields.containsToken(.expect, "100-continue")
        else { return true }
        let head = ByteView("HTTP/1.1 100 Continue\r\n\r\n")
        tally.sentHeadBytes += head.count
        return session.send(head)
    }

    // MARK: Body

    /// Takes bytes behind the head.
    ///
    /// - Returns: How many were used; 0 while the exchange waits for something else.
    func takeRequestBytes(_ input: ByteView) -> Int {
        switch request {
        case .holding: hold(input)
        case .streaming: stream(input)
        case .routing, .judging, .staging, .pausing, .asking, .connecting, .sent: 0
        }
    }

    private func hold(_ input: ByteView) -> Int {
        let limitBytes = heldBodyLimitBytes
        session.setDeadline(milliseconds: settings.clientBodyTimeoutMilliseconds)
        var offset = 0
        while true {
            switch nextOfBody(input, offset) {
            case .content(let range):
                let progress = requestBody.held.append(input[range], limitBytes: limitBytes)
                offset = range.upperBound
                if case .overLimit(let reason) = progress {
                    bodyExceedsInspection(reason)
                    return offset
                }
            case .needsMore(let consumed):
                return consumed
            case .ended(let consumed):
                requestBody.held.finish()
                judgeRequestBody(isTruncated: false)
                return consumed
            case .tooLarge, nil:
                return input.count
            }
        }
    }

    /// What the rules hold; without them what a target wants of it.
    private var heldBodyLimitBytes: Int {
        if carriesMessage { return settings.maxMessageBytes }
        if let transaction, transaction.needsRequestBody { return transaction.requestBodyLimitBytes }
        return route?.desk?.policy.maxBodyBytes ?? 0
    }

    /// SecRequestBodyLimitAction: what is over the limit is refused, or passes uninspected.
    private func bodyExceedsInspection(_ reason: String) {
        if transaction?.needsRequestBody == true, transaction?.requestBodyLimitAction == .reject {
            worker.log.client(session, .error, "request body over SecRequestBodyLimit: \(reason)")
            refuse(status: 413)
        } else {
            judgeRequestBody(isTruncated: true)
        }
    }

    /// Sends content on while it arrives.
    private func stream(_ input: ByteView) -> Int {
        session.setDeadline(milliseconds: settings.clientBodyTimeoutMilliseconds)
        var offset = 0
        while request == .streaming {
            // An upstream that is behind: the rest waits with the session, which stops reading.
            if upstream.connection?.stream?.isBlocked == true {
                session.setDeadline(milliseconds: settings.sendTimeoutMilliseconds)
                return offset
            }
            switch nextOfBody(input, offset) {
            case .content(let range):
                offset = range.upperBound
                guard sendUpstream(content: input[range]) else { return input.count }
            case .needsMore(let consumed):
                return consumed
            case .ended(let consumed):
                requestEnded()
                return consumed
            case .tooLarge, nil:
                return input.count
            }
        }
        return offset
    }

    /// One step of the body, with its refusals answered; nil when the framing is broken.
    private func nextOfBody(_ input: ByteView, _ offset: Int) -> RequestBody.Step? {
        do {
            let step = try requestBody.next(input, from: offset)
            if step == .tooLarge {
                worker.log.client(session, .error, "client sent too large a body")
                refuse(status: 413)
            }
            return step
        } catch {
            worker.stats.add(.requestsRejected)
            worker.log.client(session, .info, "client sent an invalid body: \(error)")
            refuse(status: error.status)
            return nil
        }
    }
}
