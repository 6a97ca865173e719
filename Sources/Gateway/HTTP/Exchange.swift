// One request and its answer: routed, judged, forwarded, answered.
//
//     request   routing -> holding -> connecting -> streaming -> sent
//     response                        awaitingHead -> holding -> streaming -> ended
//
// A body that is inspected is held whole and its request goes on only after the verdict; any
// other is streamed while it arrives. A response likewise. The states of both directions are
// values of their own (`RequestBody`, `ResponseRelay`); this class moves bytes between the two
// sockets and decides what comes next.

internal import Bytes
internal import HTTPMessage
internal import Inspection
internal import Journal
internal import Metrics
internal import Pipeline
internal import RuleStore
internal import Transport

/// The exchange of a session; used again for each of its requests.
final class Exchange {
    enum RequestProgress: Equatable {
        /// No request, or one that is being routed and judged.
        case routing
        /// The body is collected for inspection.
        case holding
        /// Its body is being judged, in turns.
        case judging
        /// A stage of the pipeline makes it wait.
        case staging
        /// A rule makes it wait.
        case pausing
        /// A target is asked.
        case asking
        /// Waiting for an upstream connection; what the client sends meanwhile is kept by its session.
        case connecting
        /// The body goes on as it arrives.
        case streaming
        /// All of the request has been handed to the upstream connection, or it is not forwarded.
        case sent
    }

    enum ResponseProgress: Equatable {
        case none
        case awaitingHead
        /// The body is collected for inspection.
        case holding
        /// It is being judged, in turns.
        case judging
        case streaming
        case ended
    }

    unowned let worker: WorkerServices
    /// The session whose exchange this is; set once, right after both are made.
    unowned var session: Session!

    var request = RequestProgress.routing
    var response = ResponseProgress.none
    /// The generation that the request began on; it ends on it whatever is activated meanwhile.
    var generation: ActiveGeneration?
    var route: Route?
    var requestBody = RequestBody()
    var relay = ResponseRelay()
    var upstream = UpstreamAttempts()
    var transaction: Transaction?
    /// The phase that is under way.
    var evaluation: LongEvaluation?
    /// nil until a request comes to a location with a pipeline.
    var course: PipelineCourse?
    /// Nothing comes behind the held body of the response.
    var completesResponse = false
    /// Status of the upstream's answer, for stages.
    var statusText = ByteView.empty
    var keptStatus: ByteText?
    /// Set while a rule makes the exchange wait.
    var resumption: Resumption?
    /// What a target is asked meanwhile.
    var inquiry: Inquiry?
    /// Set while the question is put: an answer that comes meanwhile, a failure, is kept.
    var isStartingInquiry = false
    var earlyAnswer: Inquiry.Outcome?
    /// Set by a rule that sends the request elsewhere.
    var diversion: Diversion?
    /// Rules that matched, and the request line that they saw, where the answer is the verdict.
    var inspection = InspectionReport()
    var judgedLine = ByteBuffer()
    /// The checked handshake of a request that asks for a WebSocket.
    var handshake: PendingHandshake?
    /// Decoded path, for templates.
    var path = ByteBuffer()
    /// Hexadecimal digits that name the exchange in logs and header fields.
    var identifier = ByteBuffer()
    var tally = ExchangeTally()
    /// Whether the client's connection may carry another request.
    var keepsAlive = true
    var keepAliveMilliseconds = 75_000
    var headMilliseconds = 60_000
    var sendMilliseconds = 60_000

    init(worker: WorkerServices) { self.worker = worker }

    var settings: LocationSettings { route!.settings }

    // MARK: Events

    /// The client has taken some of what it was sent.
    func clientProgressed() {
        if response == .streaming {
            session.setDeadline(milliseconds: settings.clientSendTimeoutMilliseconds)
        }
    }

    /// The client has taken everything: its upstream may go on.
    func clientDrained() {
        if response == .streaming, let connection = upstream.connection, connection.stream?.isReading == false
        {
            connection.stream!.resumeReading(on: worker.poller)
            session.setDeadline(milliseconds: settings.readTimeoutMilliseconds)
        }
        if response == .ended { finish() }
    }

    func timedOut() {
        if let resumption { return resume(resumption) }
        if let course, course.run.isWaiting { return course.run.timedOut() }
        switch (request, response) {
        case (.judging, _), (_, .judging): break
        case (_, .holding): releaseHeldResponse()
        case (_, .streaming), (_, .ended):
            worker.log.client(session, .info, "timed out while the response was sent")
            session.close()
        case (.streaming, _) where upstream.connection?.stream?.isBlocked == true:
            upstreamTimedOut("did not take the request")
        case (.holding, _), (.streaming, _):
            refuse(status: 408)
        case (.connecting, _):
            worker.stats.add(.upstreamTimeouts)
            attemptFailed(.timedOut)
        // The inquiry has a deadline of its own.
        case (.asking, _), (.staging, _): break
        case (.sent, _), (.routing, _), (.pausing, _):
            upstreamTimedOut("did not answer")
        }
    }

    private func upstreamTimedOut(_ what: String) {
        worker.stats.add(.upstreamTimeouts)
        worker.log.upstream(session, .error, "upstream timed out: it \(what)")
        failUpstream()
        refuse(status: 504)
    }

    // MARK: Ends

    /// The answer has been handed to the client's socket: ready for the next request.
    func finish() {
        let keepsAlive = keepsAlive && request == .sent
        endTransaction()
        writeAccessLog()
        reset()
        session.exchangeEnded(keepsAlive: keepsAlive)
    }

    /// The client is gone: nobody waits for the answer.
    func abandon() {
        giveUpEvaluation()
        closeUpstream()
        endTransaction()
        writeAccessLog()
        reset()
    }

    private func reset() {
        giveUpInquiry()
        course?.reset()
        completesResponse = false
        keptStatus = nil
        statusText = .empty
        inspection.removeAll()
        request = .routing
        response = .none
        requestBody.reset()
        relay.reset()
        upstream.reset()
        handshake = nil
        resumption = nil
        diversion = nil
        route = nil
        generation = nil
        session.head.reset()
    }

    /// Phase 5, and the transaction goes back to the worker.
    private func endTransaction() {
        if isInPipeline { course?.finish() }
        guard let transaction = self.transaction else { return }
        if course?.hasRules ?? true || !isInPipeline { transaction.evaluateLogging() }
        worker.log.matches(of: transaction)
        if let route {
            worker.writeDebug(
                of: transaction, on: route, host: session.head.authority ?? .empty, identifier.view,
                uri: session.head.target)
            worker.writeAudit(of: transaction, on: route, AuditOutcome(status: tally.status))
        }
        worker.transactions.give(back: transaction)
        self.transaction = nil
    }
}
