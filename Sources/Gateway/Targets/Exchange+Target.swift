// Asking a target about a request, and doing what it says.

internal import Bytes
internal import HTTPMessage
internal import Inspection
internal import Journal
internal import Metrics
internal import Pipeline
internal import RemoteInspection
internal import RuleStore

extension Exchange {
    /// Whether a body is collected for the copy, though no rule wants it.
    var holdsBodyForTarget: Bool { route?.desk.map { $0.policy.maxBodyBytes > 0 } ?? false }

    /// Asks, where the location has a target.
    ///
    /// - Returns: Whether the request waits for its verdict, or was answered for want of one.
    func asksTarget() -> Bool {
        guard let desk = route?.desk else { return false }
        if session.isCondemned {
            return !mayGoOn(after: .urgent, desk, "an earlier request of the connection was found urgent")
        }
        guard desk.sampler.picks(percent: desk.policy.samplePercent) else { return false }
        let key = cacheKey(desk)
        if let key, let level = desk.cache.find(key, now: worker.now) {
            return !mayGoOn(after: level, desk, "remembered")
        }
        if let reason = desk.refusal(now: worker.now) {
            worker.stats.add(.targetSkipped)
            return !mayGoOn(after: .unknown, desk, reason)
        }
        isStartingInquiry = true
        earlyAnswer = nil
        let reason = ask(desk, key)
        isStartingInquiry = false
        guard let reason else {
            guard desk.policy.mode == .hold else { return false }
            if let earlyAnswer { return !mayGoOn(after: earlyAnswer, desk) }
            request = .asking
            session.deadline.clear()
            return true
        }
        desk.failedToBegin(worker)
        return !mayGoOn(after: .unknown, desk, reason)
    }

    /// - Returns: nil when an inquiry is under way, else why none could be made.
    private func ask(_ desk: TargetDesk, _ key: [UInt8]?) -> String? {
        guard let target = route?.target, let proxy = target.settings.proxy else {
            return "there is no such location to ask"
        }
        guard let place = targetDestination(proxy)?.place(in: generation!) else {
            return "its location names no upstream and no address"
        }
        var copy = ByteBuffer()
        writeCopy(
            to: target, proxy, keepsConnection: place.keepsConnection, limitBytes: desk.policy.maxBodyBytes,
            into: &copy)
        let isHeld = desk.policy.mode == .hold
        let asking = session!
        let inquiry = Inquiry(
            worker: worker, set: place.set, upstream: place.upstream, method: session.head.knownMethod,
            copy: copy, keepsConnection: place.keepsConnection,
            timeoutMilliseconds: desk.policy.timeoutMilliseconds
        ) { [weak asking, worker] outcome in
            desk.answered(outcome, key: key, worker)
            guard let asking, asking.state != .closed else { return }
            if isHeld {
                asking.exchange.targetAnswered(outcome, desk)
            } else if outcome == .level(.urgent) {
                asking.isCondemned = true
            }
        }
        if let reason = inquiry.start(at: place.address) { return reason }
        desk.began()
        if isHeld, earlyAnswer == nil { self.inquiry = inquiry }
        return nil
    }

    private func targetAnswered(_ outcome: Inquiry.Outcome, _ desk: TargetDesk) {
        if isStartingInquiry {
            earlyAnswer = outcome
            return
        }
        guard request == .asking else { return }
        inquiry = nil
        request = .routing
        guard mayGoOn(after: outcome, desk) else { return }
        if let wait = course?.targetWait {
            course?.targetWait = nil
            wait.resume(.next)
        } else {
            proceed()
        }
    }

    /// - Returns: false when the request was answered here.
    private func mayGoOn(after outcome: Inquiry.Outcome, _ desk: TargetDesk) -> Bool {
        switch outcome {
        case .level(let level): mayGoOn(after: level, desk, "answered")
        case .failed(let reason): mayGoOn(after: .unknown, desk, reason)
        case .timedOut: mayGoOn(after: .unknown, desk, "it did not answer in time")
        }
    }

    /// The client is gone, or the exchange is over.
    func giveUpInquiry() {
        guard let inquiry else { return }
        self.inquiry = nil
        inquiry.cancel()
        route?.desk?.abandoned(now: worker.now)
    }

    /// - Returns: false when the request was answered here.
    private func mayGoOn(after level: RiskLevel, _ desk: TargetDesk, _ why: String) -> Bool {
        switch level {
        case .normal: return true
        case .unknown:
            guard desk.policy.failure == .block else {
                worker.log.client(
                    session, .warning, "waf_target \(desk.policy.uri) knows nothing, passed: \(why)")
                return true
            }
            return !blocks(desk, "knows nothing: \(why)")
        case .urgent: return !blocks(desk, "level 2, \(why)")
        }
    }

    /// 403, unless the location only detects.
    private func blocks(_ desk: TargetDesk, _ why: String) -> Bool {
        guard settings.inspection != .detect else {
            worker.log.client(session, .error, "waf_target \(desk.policy.uri) would block: \(why)")
            return false
        }
        worker.log.client(session, .error, "waf_target \(desk.policy.uri) blocks: \(why)")
        worker.stats.add(.requestsBlocked)
        refuse(status: 403)
        return true
    }

    /// nil where verdicts are not remembered. Without a key of the configuration's own a request with a body is
    /// like no other.
    private func cacheKey(_ desk: TargetDesk) -> [UInt8]? {
        guard desk.policy.cacheMilliseconds > 0 else { return nil }
        var key = ByteBuffer()
        if let template = desk.policy.cacheKey {
            expand(template, into: &key)
        } else {
            guard requestBody.length == .none else { return nil }
            for variable in [TemplateVariable.requestMethod, .host, .requestURI] {
                append(variable, to: &key)
                key.append(" ")
            }
        }
        return key.view.array
    }
}
