// Messages that somebody else judges, too: after the rules, one by one and in order.

internal import Bytes
internal import HTTPMessage
internal import Journal
internal import Metrics
internal import RemoteInspection
internal import RuleStore
internal import WebSocket

extension MessageJudge {
    /// Asks the target of the tunnel's location.
    ///
    /// - Returns: `.wait` when the tunnel will be told.
    static func askTarget(
        _ message: Message, _ direction: MessageDirection, index: Int, _ context: TunnelContext,
        _ worker: WorkerServices
    ) -> MessageOutcome {
        guard let desk = context.route.desk, desk.sampler.picks(percent: desk.policy.samplePercent) else {
            return .pass
        }
        // The receiver's window would miss what a dropped message adds to it (RFC 7692 section 7.1.1).
        let mayDrop = !message.isCompressed || context.resetsContext(direction)
        let wait = MessageWait(desk, mayDrop: mayDrop)
        let handle = context.handle
        let isHeld = desk.policy.mode == .hold
        let reason = ask(wait, message, direction, index: index, context, worker) { [worker] outcome in
            if isHeld || outcome == .level(.urgent) {
                worker.messageAnswered(outcome, wait, direction, of: handle)
            }
        }
        if let reason { return skipped(reason, wait, context, worker) }
        guard desk.policy.mode == .hold else { return .pass }
        guard let early = wait.early else {
            context.setWait(wait, direction)
            return .wait
        }
        return outcome(of: early, wait, context, worker)
    }

    /// Nothing could be asked, for that reason.
    static func skipped(
        _ reason: String, _ wait: MessageWait, _ context: TunnelContext, _ worker: WorkerServices
    ) -> MessageOutcome {
        worker.stats.add(.targetSkipped)
        return outcome(after: .unknown, reason, wait, context, worker)
    }

    /// - Parameter answered: Told later; an answer that comes before the return is left in `wait.early`.
    /// - Returns: nil when the question is on its way, or answered already; else why it can not be put.
    static func ask(
        _ wait: MessageWait, _ message: Message, _ direction: MessageDirection, index: Int,
        _ context: TunnelContext, _ worker: WorkerServices, answered: @escaping (Inquiry.Outcome) -> Void
    ) -> String? {
        let desk = wait.desk
        guard let target = context.messageTarget,
            let place = target.destination.place(in: context.activeGeneration)
        else {
            return "there is no such location to ask"
        }
        if let reason = desk.refusal(now: worker.now) { return reason }
        var copy = ByteBuffer()
        target.write(
            message, direction, index: index, limitBytes: desk.policy.maxBodyBytes,
            keepsConnection: place.keepsConnection, to: &copy)
        let inquiry = Inquiry(
            worker: worker, set: place.set, upstream: place.upstream, method: .post, copy: copy,
            keepsConnection: place.keepsConnection, timeoutMilliseconds: desk.policy.timeoutMilliseconds
        ) { [worker] outcome in
            wait.inquiry = nil
            desk.answered(outcome, key: nil, worker)
            if wait.isStarting {
                wait.early = outcome
            } else {
                answered(outcome)
            }
        }
        let reason = inquiry.start(at: place.address)
        desk.began()
        if let reason {
            desk.answered(.failed(reason), key: nil, worker)
            wait.early = .failed(reason)
        }
        wait.isStarting = false
        if wait.early == nil { wait.inquiry = inquiry }
        return nil
    }

    static func outcome(
        of answer: Inquiry.Outcome, _ wait: MessageWait, _ context: TunnelContext, _ worker: WorkerServices
    ) -> MessageOutcome {
        switch answer {
        case .level(let level): outcome(after: level, "answered", wait, context, worker)
        case .failed(let reason): outcome(after: .unknown, reason, wait, context, worker)
        case .timedOut: outcome(after: .unknown, "it did not answer in time", wait, context, worker)
        }
    }

    private static func outcome(
        after level: RiskLevel, _ why: String, _ wait: MessageWait, _ context: TunnelContext,
        _ worker: WorkerServices
    ) -> MessageOutcome {
        let policy = wait.desk.policy
        if level == .normal { return .pass }
        let what = level == .urgent ? "level 2" : "knows nothing"
        if level == .unknown, policy.failure == .pass {
            worker.log.tunnel(context, .warning, "waf_target \(policy.uri) \(what), message passed: \(why)")
            return .pass
        }
        let isEnforced =
            context.checks.isEnforced && context.settings.inspection != .detect
            && context.checks.denial != .log
        let verb = isEnforced ? "blocks" : "would block"
        worker.log.tunnel(context, .error, "waf_target \(policy.uri) \(verb) a message: \(what), \(why)")
        guard isEnforced else { return .pass }
        return context.checks.denial == .drop && wait.mayDrop ? .drop : .refuse(.condemned)
    }
}
