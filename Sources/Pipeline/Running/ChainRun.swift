// One way of a stream through the chain of a phase.

internal import RuleStore

/// Runs stage after stage until one gives a verdict that ends the stream, one waits, or all are done.
///
/// Used again for every phase of a stream; branches of `parallel` get runs of their own.
package final class ChainRun {
    package enum Outcome: Equatable {
        /// Through all stages, or let through by one.
        case passed
        case ended(StageVerdict)
        /// `finished` will be called.
        case waiting
    }

    /// What was found on the way that does not end the stream; empty unless stages said `.log`.
    package private(set) var notes: [StageVerdict] = []
    /// Called once after `waiting`, on the same thread.
    package var finished: ((Outcome) -> Void)?
    /// Sets a timer that calls `timedOut` in so many milliseconds; nil stops it.
    package var setTimer: ((Int?) -> Void)?
    /// Told of each stage that was run, with the time it took; for reports.
    package var observer: ((AttachedStage, StageResult, Int) -> Void)?
    /// Reads a clock in nanoseconds.
    package var clock: (() -> Int)?

    /// Verdicts that would end the stream are noted, and it goes on.
    package var isDetectOnly = false

    private var links: [ChainLink] = []
    private var next = 0
    private var stream: PipelineStream!
    private var suspension: Suspension?
    private var branches: BranchJoin?

    package init() {}

    package var isWaiting: Bool { suspension != nil || branches != nil }

    package func run(_ links: [ChainLink], _ stream: PipelineStream) -> Outcome {
        precondition(!isWaiting, "the phase before is under way")
        self.links = links
        self.stream = stream
        next = 0
        return goOn()
    }

    /// The time of the stage that waits is over.
    package func timedOut() {
        guard let suspension else {
            branches?.timedOut()
            return
        }
        guard !suspension.isUntimed else { return }
        guard suspension.milliseconds == nil else { return suspension.resume(suspension.afterwards) }
        if case .stage(let stage) = links[next - 1] { stage.counters.timeouts += 1 }
        suspension.resume(suspension.afterwards)
    }

    /// The stream ends while a stage waits.
    package func cancel() {
        suspension?.cancel()
        suspension = nil
        branches?.cancel()
        branches = nil
        notes.removeAll()
        links = []
    }

    package func takeNotes() -> [StageVerdict] {
        guard !notes.isEmpty else { return [] }
        defer { notes.removeAll() }
        return notes
    }

    private func goOn() -> Outcome {
        while next < links.count {
            guard !stream.isExempt else { return .passed }
            let link = links[next]
            next += 1
            switch link {
            case .stage(let stage):
                if let outcome = act(on: push(stage), of: stage) { return outcome }
            case .parallel(let chains):
                if let outcome = runBranches(chains) { return outcome }
            }
        }
        return .passed
    }

    private func push(_ stage: AttachedStage) -> StageResult {
        stream.stage = stage.policy.name
        stage.counters.pushes += 1
        guard let clock else { return stage.stage.push(stream) }
        let start = clock()
        let result = stage.stage.push(stream)
        let nanoseconds = clock() - start
        stage.counters.nanoseconds += nanoseconds
        observer?(stage, result, nanoseconds)
        return result
    }

    /// - Returns: nil when the next stage has its turn.
    private func act(on result: StageResult, of stage: AttachedStage) -> Outcome? {
        switch result {
        case .next: return nil
        case .verdict(var verdict):
            verdict.stage = stage.policy.name
            if verdict.action.isEnd {
                stage.counters.blocks += 1
                guard isDetectOnly else { return .ended(verdict) }
                notes.append(verdict)
                return nil
            }
            stage.counters.notes += 1
            notes.append(verdict)
            if verdict.action == .pass {
                stream.isExempt = true
                return .passed
            }
            return nil
        case .suspend(let suspension):
            stage.counters.suspensions += 1
            if let early = suspension.early { return act(on: early, of: stage) }
            self.suspension = suspension
            suspension.continuation = { [unowned self] result in resumed(result, of: stage) }
            setTimer?(suspension.isUntimed ? nil : suspension.milliseconds ?? stage.timeoutMilliseconds)
            return .waiting
        }
    }

    private func resumed(_ result: StageResult, of stage: AttachedStage) {
        suspension = nil
        setTimer?(nil)
        stream.stage = stage.policy.name
        finish(act(on: result, of: stage) ?? goOn())
    }

    private func finish(_ outcome: Outcome) {
        guard outcome != .waiting else { return }
        finished?(outcome)
    }

    private func runBranches(_ chains: [[ChainLink]]) -> Outcome? {
        let join = BranchJoin(chains, stream, self)
        branches = join
        if let outcome = join.start(then: { [unowned self] in
            let outcome = take(join)
            setTimer?(nil)
            finish(outcome ?? goOn())
        }, timer: { [unowned self] in setTimer?($0) }) {
            return outcome
        }
        return take(join)
    }

    /// What the branches have found; nil when the chain goes on.
    private func take(_ join: BranchJoin) -> Outcome? {
        branches = nil
        notes += join.notes
        return join.strictest.map { .ended($0) }
    }
}
