// An exchange on a location with a pipeline: the stages of each phase, and what comes of them.

internal import Bytes
internal import HTTPMessage
internal import Inspection
internal import Journal
internal import Metrics
internal import Pipeline
internal import RuleStore
internal import Transport

extension Exchange {
    /// Begins the pipeline of the location, where it has one.
    ///
    /// - Returns: Whether it has: then the request goes on by itself.
    func entersPipeline() -> Bool {
        guard let pipeline = route?.activePipeline else { return false }
        guard !pipeline.stages.isEmpty else {
            takeBody()
            return true
        }
        let course = course ?? PipelineCourse(self)
        self.course = course
        course.begin(pipeline, isDetectOnly: settings.inspection == .detect)
        // Lists and counters need no arguments; whoever does has the request read then.
        if course.looksFurtherThanHeads { _ = beginTransaction() }
        if session.answeredRequests == 0 {
            advance(.connection)
        } else {
            advance(.requestHeaders)
        }
        return true
    }

    /// Whether the request is on its way through a pipeline.
    var isInPipeline: Bool { course?.pipeline != nil }

    /// Runs the stages of a phase and goes on with what they say.
    func advance(_ phase: PipelinePhase) {
        guard let course else { return }
        let number = course.number
        let outcome = course.run(phase)
        // A stage that asks others may have had the request answered.
        guard course.number == number else { return }
        goOn(outcome, phase)
        guard outcome == .waiting, course.number == number else { return }
        course.run.finished = { [unowned self] outcome in
            stagesEnded(outcome, phase)
        }
        waitForStages(phase)
    }

    private func waitForStages(_ phase: PipelinePhase) {
        switch phase.slot {
        case .request: if request != .asking { request = .staging }
        case .response: pauseResponse()
        case .message: break
        }
    }

    private func stagesEnded(_ outcome: ChainRun.Outcome, _ phase: PipelinePhase) {
        switch phase.slot {
        case .request: request = .routing
        case .response: response = phase == .responseHeaders ? .awaitingHead : .holding
        case .message: break
        }
        goOn(outcome, phase)
    }

    private func goOn(_ outcome: ChainRun.Outcome, _ phase: PipelinePhase) {
        guard let course else { return }
        for verdict in course.run.takeNotes() { log(verdict, isEnforced: false) }
        switch outcome {
        case .waiting: return
        case .ended(let verdict): end(with: verdict)
        case .passed:
            switch phase {
            case .connection: advance(.requestHeaders)
            case .requestHeaders: takeBody()
            case .requestBody: forward()
            case .responseHeaders: responseHeadPassed()
            case .responseBody: responseBodyPassed()
            case .message, .logging: break
            }
        }
    }

    /// Answers in place of the upstream.
    private func end(with verdict: StageVerdict) {
        if let engine = course?.engineVerdict, engine.action.isInterception, engine.action != .proxy {
            _ = obey(engine)
            return
        }
        log(verdict, isEnforced: true)
        switch verdict.action {
        case .block(let status): _ = obey(Verdict(action: .deny, status: status, ruleID: 0))
        case .redirect(let location):
            let text = ByteText(location)
            course?.location = text
            _ = obey(Verdict(action: .redirect, status: 302, ruleID: 0, location: text.view))
        case .drop, .close: _ = obey(Verdict(action: .drop, status: 0, ruleID: 0))
        case .pass, .log: break
        }
    }

    private func log(_ verdict: StageVerdict, isEnforced: Bool) {
        guard verdict.action != .pass else { return }
        let what = isEnforced ? "stopped by" : verdict.action == .log ? "noted by" : "would be stopped by"
        worker.log.client(
            session, verdict.action == .log ? .warning : .error,
            "\(what) stage \"\(verdict.stage)\" of pipeline \"\(course?.pipeline?.name ?? "")\": \(verdict.reason)"
        )
    }

    // MARK: Request

    /// The body is held, or there is none.
    func judgeRequestInPipeline(isTruncated: Bool) {
        course?.isTruncated = isTruncated
        transaction?.readRequestHead()
        transaction?.readRequestBody(
            heldRequestBody, isTruncated: isTruncated, fault: requestBody.held.fault)
        advance(.requestBody)
    }

    /// What the rules and stages see of the body; nil when there is none.
    var heldRequestBody: ByteView? { requestBody.length == .none ? nil : requestBody.held.judged }

    /// What stages have edited and want forwarded.
    func takeOverEdits() {
        guard let stream = course?.stream, isInPipeline else { return }
        if stream.forwardsBody, requestBody.isComplete, let body = stream.editedBody {
            requestBody.held.replace(with: body.view)
        }
    }

    // MARK: Response

    /// The head of the response is there; `rest` lies behind it on the wire.
    func judgeResponseHeadInPipeline(rest: ByteView) {
        relay.inbox.removeAll(keepingCapacity: true)
        relay.inbox.append(rest)
        statusText = decimal(relay.head.status)
        advance(.responseHeaders)
    }

    private func decimal(_ number: Int) -> ByteView {
        var text = ByteBuffer()
        text.append(decimal: number)
        let kept = ByteText(text.view)
        keptStatus = kept
        return kept.view
    }

    private func responseHeadPassed() {
        var rest = ByteBuffer()
        swap(&rest, &relay.inbox)
        upstream.connection?.stream?.watchAgain(on: worker.poller)
        if holdsBody {
            startHolding(rest.view)
            return
        }
        // Rules of phase 4 on other things than the body.
        relay.inbox.append(rest.view)
        advance(.responseBody)
    }

    /// The body is held, as far as it is.
    func judgeHeldResponseInPipeline(isTruncated: Bool, rest: ByteView, isComplete: Bool) {
        course?.isTruncated = isTruncated
        course?.stream.forgetBody()
        relay.inbox.removeAll(keepingCapacity: true)
        relay.inbox.append(rest)
        completesResponse = isComplete
        advance(.responseBody)
    }

    private func responseBodyPassed() {
        var rest = ByteBuffer()
        swap(&rest, &relay.inbox)
        upstream.connection?.stream?.watchAgain(on: worker.poller)
        if completesResponse, let stream = course?.stream, stream.forwardsBody, let body = stream.editedBody {
            relay.held.replace(with: body.view)
        }
        responseJudged(rest.view, completesResponse)
    }

    /// Nothing is read from the upstream while stages wait.
    func pauseResponse() {
        response = .judging
        session.deadline.clear()
        upstream.connection?.stream?.pauseReading(on: worker.poller)
    }
}
