// The way of one exchange through the pipeline of its location.

internal import Bytes
internal import HTTPMessage
internal import Inspection
internal import Journal
internal import Pipeline
internal import Posix
internal import RuleStore

/// What an exchange keeps for its pipeline; used again for each of its requests. No exchange has one until its
/// first request on a location with a pipeline.
final class PipelineCourse: StreamSource {
    unowned let exchange: Exchange
    let run = ChainRun()
    private(set) var stream: PipelineStream!
    private(set) var pipeline: AttachedPipeline?
    /// Tells requests apart: one that was answered while a stage ran has another.
    private(set) var number = 0
    /// What the rules have said last.
    var engineVerdict: Verdict?
    /// Set while a target is asked.
    var targetWait: Suspension?
    /// The body is judged as far as it is held.
    var isTruncated = false
    /// The pipeline asks the target itself.
    private(set) var asksTarget = false
    private(set) var hasRules = false
    /// Edits that the transaction has been told of.
    private var readEdits = 0
    /// Keeps the text of a redirection.
    var location: ByteText?

    init(_ exchange: Exchange) {
        self.exchange = exchange
        stream = PipelineStream(self)
        run.setTimer = { [unowned exchange] milliseconds in
            if let milliseconds {
                exchange.session.setDeadline(milliseconds: milliseconds)
            } else {
                exchange.session.deadline.clear()
            }
        }
    }

    func begin(_ pipeline: AttachedPipeline, isDetectOnly: Bool) {
        reset()
        self.pipeline = pipeline
        run.isDetectOnly = isDetectOnly
        run.clock = { MonotonicClock.nanoseconds() }
        asksTarget = pipeline.stages.contains { $0.policy.name == "remote" }
        hasRules = pipeline.stages.contains { $0.policy.name == "rules" }
    }

    func reset() {
        guard pipeline != nil else { return }
        number += 1
        run.cancel()
        stream.reset()
        pipeline = nil
        engineVerdict = nil
        targetWait = nil
        isTruncated = false
        readEdits = 0
        location = nil
        asksTarget = false
        hasRules = false
    }

    /// Runs the chain of a phase.
    func run(_ phase: PipelinePhase) -> ChainRun.Outcome {
        guard let pipeline, !stream.isExempt, pipeline.has(phase) else { return .passed }
        stream.phase = phase
        return run.run(pipeline.chains[phase.rawValue], stream)
    }

    /// The stream is over.
    func finish() {
        guard let pipeline else { return }
        // Whoever still waits does so in vain.
        run.cancel()
        stream.phase = .logging
        if pipeline.has(.logging) { _ = run.run(pipeline.chains[PipelinePhase.logging.rawValue], stream) }
        for stage in pipeline.stages where stage.counters.pushes > 0 { stage.stage.finish(stream) }
    }

    /// Whether some stage looks at a body, or at the response.
    var looksFurtherThanHeads: Bool {
        guard let pipeline else { return false }
        return pipeline.has(.requestBody) || pipeline.has(.responseHeaders) || pipeline.has(.responseBody)
    }

    private var transaction: Transaction? { exchange.transaction ?? exchange.beginTransaction() }

    /// Stages that want the body of a response, other than the rules.
    var wantsResponseBody: Bool {
        pipeline?.stages.contains { $0.phases.contains(.responseBody) && $0.policy.name != "rules" } ?? false
    }

    // MARK: StreamSource

    func view(of field: StreamField) -> ByteView {
        let session = exchange.session!
        switch field {
        case .remoteAddress: return session.client.remoteAddress.view
        case .host: return session.head.authority ?? .empty
        case .method: return session.head.method
        case .target: return session.head.target
        case .path: return exchange.path.view
        case .transaction: return exchange.identifier.view
        case .status: return exchange.response == .none ? .empty : exchange.statusText
        case .direction: return .empty
        }
    }

    func requestHeader(_ name: ByteView) -> ByteView? {
        let session = exchange.session!
        for index in session.head.fields.indices
        where session.head.fields.name(index).equalsIgnoringASCIICase(name) {
            return session.head.fields.value(index)
        }
        return nil
    }

    var body: ByteView {
        switch stream.phase.slot {
        case .response: exchange.relay.held.judged
        case .request, .message: exchange.requestBody.held.judged
        }
    }

    func visitArguments(_ stream: PipelineStream, _ visit: (ByteView, ByteView) -> Bool) {
        readAgain(stream)
        transaction?.readRequestHead()
        transaction?.forEachArgument(visit)
    }

    func visitCookies(_ visit: (ByteView, ByteView) -> Bool) {
        transaction?.readRequestHead()
        transaction?.forEachCookie(visit)
    }

    var now: Int { exchange.worker.now }
    var secondsSinceEpoch: Int { exchange.worker.secondsSinceEpoch }

    /// Has the transaction see what a stage has edited.
    private func readAgain(_ stream: PipelineStream) {
        guard stream.edits != readEdits, let transaction else { return }
        readEdits = stream.edits
        transaction.readRequestHead()
        transaction.rereadRequest(target: stream.editedTarget?.view, body: stream.editedBody?.view)
    }

    func judgeByRules() -> StageResult {
        guard let transaction else { return .next }
        readAgain(stream)
        switch stream.phase {
        case .requestHeaders: return result(transaction.evaluateRequestHeaders())
        case .requestBody:
            let body = stream.editedBody?.view ?? exchange.heldRequestBody
            let (isTruncated, fault) = (isTruncated, exchange.requestBody.held.fault)
            return judge(bytes: body?.count ?? 0, transaction) {
                $0.evaluateRequestBody(body, isTruncated: isTruncated, fault: fault)
            }
        case .responseHeaders:
            exchange.showResponse(to: transaction)
            return result(transaction.evaluateResponseHeaders())
        case .responseBody:
            let body = exchange.response == .awaitingHead ? nil : exchange.relay.held.judged
            let (isTruncated, isDecoded) = (isTruncated, exchange.relay.held.isDecoded)
            return judge(bytes: body?.count ?? 0, transaction) {
                $0.evaluateResponseBody(body, isTruncated: isTruncated, isDecoded: body != nil && isDecoded)
            }
        case .connection, .message, .logging: return .next
        }
    }

    private func judge(
        bytes: Int, _ transaction: Transaction, _ phase: @escaping (Transaction) -> Verdict
    ) -> StageResult {
        guard LongEvaluation.isAdvised(bytes: bytes) else { return result(phase(transaction)) }
        let suspension = Suspension.untimed()
        let evaluation = LongEvaluation(transaction, phase: phase) { [unowned self] verdict in
            exchange.evaluation = nil
            suspension.resume(result(verdict))
        }
        if let verdict = exchange.worker.evaluations.begin(evaluation) { return result(verdict) }
        exchange.evaluation = evaluation
        return .suspend(suspension)
    }

    private func result(_ verdict: Verdict) -> StageResult {
        engineVerdict = verdict
        exchange.note(verdict)
        switch verdict.action {
        case .pass, .proxy: return .next
        case .deny, .redirect:
            return .verdict(StageVerdict(.block(status: verdict.status), reason: "rule \(verdict.ruleID)"))
        case .drop: return .verdict(StageVerdict(.close, reason: "rule \(verdict.ruleID)"))
        }
    }

    func askTarget() -> StageResult {
        let number = number
        guard exchange.asksTarget() else { return .next }
        guard number == self.number, exchange.request == .asking else {
            // It has been answered; what is said here goes nowhere.
            return .verdict(StageVerdict(.close, reason: "the target's verdict"))
        }
        let suspension = Suspension.untimed()
        targetWait = suspension
        return .suspend(suspension)
    }

    func record(_ log: StreamLog) {
        switch log {
        case .audit: transaction?.demandAuditEntry()
        case .error:
            let tags = stream.tags.map { "\($0.stage).\($0.name)" + ($0.value.isEmpty ? "" : "=\($0.value)") }
            exchange.worker.log.client(
                exchange.session, .info,
                "pipeline \"\(pipeline?.name ?? "")\": "
                    + (tags.isEmpty ? "no tags" : tags.joined(separator: ", ")))
        }
    }
}
