// The way of one message through the pipeline of its tunnel's location.

internal import Bytes
internal import Inspection
internal import Journal
internal import Pipeline
internal import Posix
internal import RemoteInspection
internal import RuleStore
internal import WebSocket

/// A message with what its stages need. It keeps a copy of the payload: a stage may wait, and what it was
/// received in is used for others meanwhile.
final class MessageCourse: StreamSource, PendingVerdict {
    let direction: MessageDirection
    private let index: Int
    private let payload: ByteText
    private let received: Message
    private let context: TunnelContext
    private let route: Route
    private unowned let worker: WorkerServices
    private let pipeline: AttachedPipeline
    private let run = ChainRun()
    private var stream: PipelineStream!
    private var transaction: Transaction?
    private var evaluation: LongEvaluation?
    private var inquiry: MessageWait?
    /// What rules or the target have said, which is more than a stage's verdict.
    private var said: MessageOutcome?
    private var readEdits = 0
    /// nil: no stage has set one.
    private(set) var deadline: Int?

    init(
        _ message: Message, _ direction: MessageDirection, index: Int, _ context: TunnelContext,
        _ pipeline: AttachedPipeline, _ worker: WorkerServices
    ) {
        self.direction = direction
        self.index = index
        payload = ByteText(message.payload)
        received = message
        self.context = context
        route = context.route
        self.worker = worker
        self.pipeline = pipeline
        stream = PipelineStream(self)
        stream.phase = .message
        run.isDetectOnly =
            route.settings.inspection == .detect || !context.checks.isEnforced
            || context.checks.denial == .log
        run.clock = { MonotonicClock.nanoseconds() }
    }

    /// - Parameter finished: Called with the outcome after `.wait`.
    func begin(finished: @escaping (MessageOutcome) -> Void) -> MessageOutcome {
        if let rules = route.requestRules, let messages = context.messages {
            let transaction = worker.transactions.take()
            self.transaction = transaction
            transaction.beginMessage(
                context: messages, message: facts, rules: rules, isDetectOnly: run.isDetectOnly,
                auditMode: route.auditMode, hasDebugLog: route.debugFile != nil)
        }
        run.setTimer = { [unowned self] milliseconds in
            deadline = milliseconds.map { worker.now + $0 }
            worker.setStageTimer(milliseconds, of: context.handle)
        }
        run.finished = { [unowned self] in finished(conclude($0)) }
        return conclude(run.run(pipeline.chains[PipelinePhase.message.rawValue], stream))
    }

    /// The time of the stage that waits may be over.
    func timerFired() {
        guard let deadline, deadline <= worker.now else { return }
        self.deadline = nil
        run.timedOut()
    }

    func cancel(_ worker: WorkerServices) {
        run.cancel()
        if let evaluation { worker.evaluations.cancel(evaluation) }
        evaluation = nil
        inquiry?.cancel(worker)
        inquiry = nil
        giveBack()
    }

    private var message: Message {
        var message = received
        message.payload = stream?.editedBody?.view ?? payload.view
        return message
    }

    private var facts: MessageFacts {
        MessageFacts(
            opcode: received.opcode == .text ? .text : .binary,
            direction: direction == .fromClient ? .client : .server,
            index: index, payload: payload.view, fragments: received.fragments,
            isCompressed: received.isCompressed, subprotocol: context.subprotocol.view,
            format: context.checks.format)
    }

    private func conclude(_ outcome: ChainRun.Outcome) -> MessageOutcome {
        for verdict in run.takeNotes() { log(verdict, isEnforced: false) }
        switch outcome {
        case .waiting: return .wait
        case .passed:
            finish()
            return .pass
        case .ended(let verdict):
            if said == nil { log(verdict, isEnforced: true) }
            let outcome = said ?? self.outcome(of: verdict)
            finish()
            return outcome
        }
    }

    private func outcome(of verdict: StageVerdict) -> MessageOutcome {
        // The receiver's window would miss what a dropped message adds to it (RFC 7692 section 7.1.1).
        let mayDrop = !received.isCompressed || context.resetsContext(direction)
        let wantsDrop = verdict.action == .drop || context.checks.denial == .drop
        return wantsDrop && mayDrop ? .drop : .refuse(.stopped(stage: verdict.stage))
    }

    private func log(_ verdict: StageVerdict, isEnforced: Bool) {
        guard verdict.action != .pass else { return }
        let what = isEnforced ? "stopped by" : verdict.action == .log ? "noted by" : "would be stopped by"
        worker.log.tunnel(
            context, verdict.action == .log ? .warning : .error,
            "message \(what) stage \"\(verdict.stage)\" of pipeline \"\(pipeline.name)\": \(verdict.reason)")
    }

    private func finish() {
        stream.phase = .logging
        if pipeline.has(.logging) { _ = run.run(pipeline.chains[PipelinePhase.logging.rawValue], stream) }
        for stage in pipeline.stages where stage.phases.contains(.message) { stage.stage.finish(stream) }
        giveBack()
    }

    private func giveBack() {
        guard let transaction else { return }
        self.transaction = nil
        worker.transactions.give(back: transaction)
    }

    // MARK: StreamSource

    func view(of field: StreamField) -> ByteView {
        switch field {
        case .remoteAddress: context.client.view
        case .host: context.host.view
        case .method: ByteView("GET")
        case .target, .path: context.path.view
        case .transaction: context.identifier.view
        case .status: ByteView("101")
        case .direction: direction == .fromClient ? ByteView("client") : ByteView("server")
        }
    }

    /// Of the handshake's fields a tunnel keeps those alone that rules name.
    func requestHeader(_ name: ByteView) -> ByteView? { context.messages?.header(name) }

    var body: ByteView { payload.view }

    func visitArguments(_ stream: PipelineStream, _ visit: (ByteView, ByteView) -> Bool) {
        guard let transaction else { return }
        readAgain()
        transaction.forEachArgument(visit)
    }

    func visitCookies(_ visit: (ByteView, ByteView) -> Bool) {}

    var now: Int { worker.now }
    var secondsSinceEpoch: Int { worker.secondsSinceEpoch }

    private func readAgain() {
        guard stream.edits != readEdits, let body = stream.editedBody else { return }
        readEdits = stream.edits
        transaction?.rereadMessage(body.view)
    }

    func judgeByRules() -> StageResult {
        guard let transaction, let messages = context.messages else { return .next }
        readAgain()
        guard LongEvaluation.isAdvised(bytes: payload.count) else {
            return result(transaction.evaluateMessage(context: messages))
        }
        let suspension = Suspension.untimed()
        let evaluation = LongEvaluation(transaction) {
            $0.evaluateMessage(context: messages)
        } ended: { [unowned self] verdict in
            self.evaluation = nil
            suspension.resume(result(verdict))
        }
        if let verdict = worker.evaluations.begin(evaluation) { return result(verdict) }
        self.evaluation = evaluation
        return .suspend(suspension)
    }

    private func result(_ verdict: Verdict) -> StageResult {
        guard let transaction else { return .next }
        let outcome = MessageJudge.outcome(
            of: verdict, received, direction, context, on: route, transaction, worker)
        guard outcome != .pass else { return .next }
        said = outcome
        return .verdict(StageVerdict(.close, reason: "rule \(verdict.ruleID)"))
    }

    func askTarget() -> StageResult {
        guard let desk = route.desk, desk.policy.asksMessages,
            desk.sampler.picks(percent: desk.policy.samplePercent)
        else { return .next }
        let wait = MessageWait(
            desk, mayDrop: !received.isCompressed || context.resetsContext(direction))
        let suspension = Suspension.untimed()
        let reason = MessageJudge.ask(wait, message, direction, index: index, context, worker) {
            [weak self, worker, direction, handle = context.handle] answer in
            if let self, inquiry === wait {
                inquiry = nil
                suspension.resume(result(MessageJudge.outcome(of: answer, wait, context, worker)))
            } else if answer == .level(.urgent) {
                worker.messageAnswered(answer, wait, direction, of: handle)
            }
        }
        if let reason {
            return result(MessageJudge.skipped(reason, wait, context, worker))
        }
        guard desk.policy.mode == .hold else { return .next }
        if let early = wait.early { return result(MessageJudge.outcome(of: early, wait, context, worker)) }
        inquiry = wait
        return .suspend(suspension)
    }

    /// `waf_target`, where the pipeline itself asks nobody.
    func askTargetAfterwards(_ worker: WorkerServices) -> MessageOutcome {
        MessageJudge.askTarget(message, direction, index: index, context, worker)
    }

    private func result(_ outcome: MessageOutcome) -> StageResult {
        guard outcome != .pass else { return .next }
        said = outcome
        return .verdict(StageVerdict(.close, reason: "the target's verdict"))
    }

    func record(_ log: StreamLog) {
        switch log {
        case .audit: transaction?.demandAuditEntry()
        case .error:
            let tags = stream.tags.map { "\($0.stage).\($0.name)" + ($0.value.isEmpty ? "" : "=\($0.value)") }
            worker.log.tunnel(
                context, .info,
                "pipeline \"\(pipeline.name)\": " + (tags.isEmpty ? "no tags" : tags.joined(separator: ", ")))
        }
    }
}
