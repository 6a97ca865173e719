// What a worker knows of one target: whether it answers, and what it said lately.

internal import RemoteInspection
internal import RuleStore

/// Belongs to the route that asks, so that each location has a breaker and a cache of its own settings.
final class TargetDesk {
    let policy: TargetPolicy
    var breaker: CircuitBreaker
    var cache = VerdictCache()
    var sampler = Sampler()

    init(_ policy: TargetPolicy) {
        self.policy = policy
        breaker = CircuitBreaker(
            failures: policy.breakerFailures, pauseMilliseconds: policy.breakerMilliseconds)
    }
}
