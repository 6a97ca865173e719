// The branches of one `parallel`.

/// All are started, and the chain goes on when all have ended.
final class BranchJoin {
    private let runs: [(links: [ChainLink], run: ChainRun, stream: PipelineStream)]
    private let parent: PipelineStream
    private let tagsBefore: Int
    private var waiting = 0
    private var hasStarted = false
    private(set) var strictest: StageVerdict?
    private(set) var notes: [StageVerdict] = []

    init(
        _ chains: [[ChainLink]], _ stream: PipelineStream, _ parentRun: ChainRun
    ) {
        parent = stream
        tagsBefore = stream.tags.count
        runs = chains.map {
            let run = ChainRun()
            run.clock = parentRun.clock
            run.observer = parentRun.observer
            run.isDetectOnly = parentRun.isDetectOnly
            return ($0, run, stream.fork())
        }
    }

    /// - Returns: `.waiting` when `then` will be called, nil when all have ended.
    func start(then: @escaping () -> Void, timer: @escaping (Int?) -> Void) -> ChainRun.Outcome? {
        waiting = runs.count
        for (links, run, stream) in runs {
            run.finished = { [unowned self] outcome in
                ended(outcome, run, stream)
                if waiting == 0, hasStarted { then() }
            }
            // Of the timers of several branches the first is kept: it ends all waits.
            run.setTimer = { if let milliseconds = $0 { timer(milliseconds) } }
            let outcome = run.run(links, stream)
            if outcome != .waiting { ended(outcome, run, stream) }
        }
        hasStarted = true
        return waiting == 0 ? nil : .waiting
    }

    func timedOut() { for (_, run, _) in runs { run.timedOut() } }

    func cancel() { for (_, run, _) in runs { run.cancel() } }

    private func ended(_ outcome: ChainRun.Outcome, _ run: ChainRun, _ stream: PipelineStream) {
        waiting -= 1
        notes += run.takeNotes()
        if case .ended(let verdict) = outcome { strictest = StageVerdict.strictest(strictest, verdict) }
        parent.join(stream, tagsBefore: tagsBefore)
    }
}
