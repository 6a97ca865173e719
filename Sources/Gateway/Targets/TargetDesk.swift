// What a worker knows of one target: whether it answers, what it said lately, how much waits for it.

internal import Metrics
internal import RemoteInspection
internal import RuleStore

/// Belongs to the route that asks, so that each location has a breaker and a cache of its own settings.
final class TargetDesk {
    let policy: TargetPolicy
    private(set) var breaker: CircuitBreaker
    var cache = VerdictCache()
    var sampler = Sampler()
    /// Inquiries under way.
    private(set) var waiting = 0

    init(_ policy: TargetPolicy) {
        self.policy = policy
        breaker = CircuitBreaker(
            failures: policy.breakerFailures, pauseMilliseconds: policy.breakerMilliseconds)
    }

    /// Why nothing may be asked now; nil: an inquiry may begin, and does.
    func refusal(now: Int) -> String? {
        guard waiting < policy.inFlight else { return "too many inquiries wait" }
        return breaker.allows(now: now) ? nil : "it has failed too often of late"
    }

    /// Every inquiry that began is answered or abandoned.
    func began() { waiting += 1 }

    /// No inquiry could be made.
    func failedToBegin(_ worker: WorkerServices) {
        breaker.failed(now: worker.now)
        worker.stats.add(.targetFailed)
    }

    func abandoned(now: Int) {
        waiting -= 1
        breaker.abandoned(now: now)
    }

    /// - Parameter key: Under which the level is remembered; nil: not at all.
    func answered(_ outcome: Inquiry.Outcome, key: [UInt8]?, _ worker: WorkerServices) {
        waiting -= 1
        switch outcome {
        case .level(let level):
            breaker.succeeded()
            switch level {
            case .normal: worker.stats.add(.targetNormal)
            case .urgent: worker.stats.add(.targetUrgent)
            case .unknown: worker.stats.add(.targetUnknown)
            }
            if let key, level != .unknown {
                cache.keep(level, for: key, until: worker.now + policy.cacheMilliseconds)
            }
        case .failed:
            breaker.failed(now: worker.now)
            worker.stats.add(.targetFailed)
        case .timedOut:
            breaker.failed(now: worker.now)
            worker.stats.add(.targetTimedOut)
        }
    }
}
