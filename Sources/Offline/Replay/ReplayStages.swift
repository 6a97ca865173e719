// The stages of a pipeline over a captured exchange: the gateway's own code, without a server.

internal import Bytes
internal import Inspection
internal import Pipeline
internal import Posix
internal import Reports
internal import RuleStore

/// One exchange or message on its way through a pipeline. What stages do is noted for the report.
final class ReplayStages: StreamSource {
    let pipeline: AttachedPipeline
    private(set) var stream: PipelineStream!
    private let run = ChainRun()
    private let transaction: Transaction?
    private let clock: EngineClock
    private let fields: [StreamField: ByteText]
    private let headers: [(name: ByteText, value: ByteText)]
    private var status = ByteText("")
    private var content = ByteText("")
    /// Runs the rules on the phase at hand.
    private var judge: ((Transaction) -> Verdict)?
    private(set) var engineVerdict: Verdict?
    private var readEdits = 0
    /// What each stage did, in order.
    private(set) var notes: [ReplayReport.StageNote] = []
    private var tagsSeen = 0
    private var editsSeen = 0

    init(
        _ pipeline: AttachedPipeline, _ transaction: Transaction?, fields: [StreamField: ByteText],
        headers: [(name: ByteText, value: ByteText)], clock: EngineClock, isDetectOnly: Bool
    ) {
        self.pipeline = pipeline
        self.transaction = transaction
        self.fields = fields
        self.headers = headers
        self.clock = clock
        stream = PipelineStream(self)
        run.isDetectOnly = isDetectOnly
        run.clock = { MonotonicClock.nanoseconds() }
        run.observer = { [unowned self] stage, result, nanoseconds in note(stage, result, nanoseconds) }
    }

    /// The response or another body is looked at from now on.
    func show(status: Int? = nil, body: ByteView) {
        if let status { self.status = ByteText("\(status)") }
        content = ByteText(body)
    }

    /// Runs the stages of a phase. A stage that waits is not waited for: its time is over at once.
    ///
    /// - Parameter judge: What the stage `rules` does.
    /// - Returns: The verdict that ends the stream; nil when it goes on.
    func run(_ phase: PipelinePhase, _ judge: ((Transaction) -> Verdict)? = nil) -> StageVerdict? {
        guard !stream.isExempt, pipeline.has(phase) else { return nil }
        self.judge = judge
        engineVerdict = nil
        stream.phase = phase
        var outcome = run.run(pipeline.chains[phase.rawValue], stream)
        run.finished = { outcome = $0 }
        while outcome == .waiting, run.isWaiting { run.timedOut() }
        _ = run.takeNotes()
        if case .ended(let verdict) = outcome { return verdict }
        return nil
    }

    var hasRules: Bool { pipeline.stages.contains { $0.policy.name == "rules" } }

    /// Stages that want the body of a response, other than the rules.
    var wantsResponseBody: Bool {
        pipeline.stages.contains { $0.phases.contains(.responseBody) && $0.policy.name != "rules" }
    }

    func finish() {
        run.cancel()
        _ = run(.logging)
    }

    private func note(_ stage: AttachedStage, _ result: StageResult, _ nanoseconds: Int) {
        var note = ReplayReport.StageNote(
            stage: stage.policy.name, phase: stream.phase.name, nanoseconds: nanoseconds, result: "next")
        switch result {
        case .next: break
        case .verdict(let verdict): note.result = "\(verdict.action.title), \(verdict.reason)"
        case .suspend(let suspension):
            note.result = suspension.milliseconds.map { "waits \($0) ms" } ?? "waits"
        }
        note.tags = stream.tags.dropFirst(tagsSeen).map { $0.name + ($0.value.isEmpty ? "" : "=\($0.value)") }
        tagsSeen = stream.tags.count
        if stream.edits > editsSeen {
            editsSeen = stream.edits
            if let target = stream.editedTarget {
                note.edits.append("target " + ShownBytes.quoted(target.view, limitBytes: 200))
            }
            if let body = stream.editedBody {
                note.edits.append("body " + ShownBytes.quoted(body.view, limitBytes: 200))
            }
        }
        notes.append(note)
    }

    // MARK: StreamSource

    func view(of field: StreamField) -> ByteView {
        field == .status ? status.view : fields[field]?.view ?? .empty
    }

    func requestHeader(_ name: ByteView) -> ByteView? {
        headers.first { $0.name.view.equalsIgnoringASCIICase(name) }?.value.view
    }

    var body: ByteView { content.view }

    func visitArguments(_ stream: PipelineStream, _ visit: (ByteView, ByteView) -> Bool) {
        readAgain()
        transaction?.readRequestHead()
        transaction?.forEachArgument(visit)
    }

    func visitCookies(_ visit: (ByteView, ByteView) -> Bool) {
        transaction?.readRequestHead()
        transaction?.forEachCookie(visit)
    }

    private func readAgain() {
        guard stream.edits != readEdits, let transaction else { return }
        readEdits = stream.edits
        if stream.phase == .message {
            if let body = stream.editedBody { transaction.rereadMessage(body.view) }
        } else {
            transaction.readRequestHead()
            transaction.rereadRequest(target: stream.editedTarget?.view, body: stream.editedBody?.view)
        }
    }

    func judgeByRules() -> StageResult {
        guard let transaction, let judge else { return .next }
        readAgain()
        let verdict = judge(transaction)
        engineVerdict = verdict
        switch verdict.action {
        case .pass, .proxy: return .next
        case .deny, .redirect:
            return .verdict(StageVerdict(.block(status: verdict.status), reason: "rule \(verdict.ruleID)"))
        case .drop: return .verdict(StageVerdict(.close, reason: "rule \(verdict.ruleID)"))
        }
    }

    /// Nobody is asked from here.
    func askTarget() -> StageResult { .next }

    func record(_ log: StreamLog) {}

    var now: Int { clock.unixMicroseconds / 1_000 }
    var secondsSinceEpoch: Int { clock.unixMicroseconds / 1_000_000 }
}

extension StageVerdict.Action {
    /// As reports have it.
    var title: String {
        switch self {
        case .pass: "pass"
        case .log: "log"
        case .redirect(let location): "redirect to \(location)"
        case .block(let status): "block with \(status)"
        case .drop: "drop"
        case .close: "close"
        }
    }
}
