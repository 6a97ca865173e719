// Ending: QUIT lets connections finish, TERM and INT do not.

internal import Glibc
internal import Journal
internal import Posix

extension Master {
    /// Workers accept nothing more and end with their last connection.
    func drain(now: Int64) {
        switch phase {
        case .draining, .stopping: return
        case .starting, .serving: break
        }
        logs.write(.notice, "graceful shutdown")
        notifier.send(.stopping, .status("draining"))
        phase = .draining(deadline: policy.shutdownTimeoutMilliseconds.map { now + Int64($0) })
        cancelReloads(now)
        perform(pool.deliver(.quit, now: now))
    }

    /// Workers end at once; those that do not are killed.
    func stop(now: Int64) {
        guard phase != .stopping else { return }
        let wasDraining = if case .draining = phase { true } else { false }
        logs.write(.notice, "fast shutdown")
        if !wasDraining { notifier.send(.stopping, .status("stopping")) }
        phase = .stopping
        cancelReloads(now)
        perform(pool.deliver(.terminate, now: now))
    }
}
