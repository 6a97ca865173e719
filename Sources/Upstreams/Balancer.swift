// Which server of an upstream gets the next request: nginx's smooth weighted round robin with
// passive health checks (ngx_http_upstream_module: weight, max_fails, fail_timeout, backup, down).

package import RuleStore

/// Chooses servers of one upstream. Belongs to one worker; each worker sees its own failures.
package struct Balancer: Sendable {
    private struct Peer: Sendable {
        var policy: UpstreamPolicy.Server
        var currentWeight = 0
        var fails = 0
        /// Milliseconds of the monotonic clock at which `fails` began to count.
        var failsSince = 0
    }

    private var peers: [Peer]

    package init(_ policy: UpstreamPolicy) {
        peers = policy.servers.map { Peer(policy: $0) }
    }

    /// The server for the next attempt.
    ///
    /// - Parameters:
    ///   - tried: Indices that this request has tried already; they are not chosen again.
    ///   - now: Milliseconds of the monotonic clock.
    /// - Returns: Index of the server, nil when none is left. Backup servers come in only when
    ///   no other server may be used; with a single server failures do not take it out.
    package mutating func choose(excluding tried: Set<Int>, now: Int) -> Int? {
        pick(backups: false, tried, now) ?? pick(backups: true, tried, now)
    }

    package func address(of server: Int) -> ListenAddress { peers[server].policy.address }

    /// Counts a failed attempt: no connection, no valid answer, a time-out.
    package mutating func failed(_ server: Int, now: Int) {
        if now - peers[server].failsSince > peers[server].policy.failTimeoutMilliseconds { peers[server].fails = 0 }
        if peers[server].fails == 0 || isOut(peers[server], now) == false { peers[server].failsSince = now }
        peers[server].fails += 1
    }

    package mutating func succeeded(_ server: Int) { peers[server].fails = 0 }

    private mutating func pick(backups: Bool, _ tried: Set<Int>, _ now: Int) -> Int? {
        var best: Int?
        var total = 0
        for index in peers.indices {
            let policy = peers[index].policy
            guard policy.isBackup == backups, !policy.isDown, !tried.contains(index), !isOut(peers[index], now)
            else { continue }
            peers[index].currentWeight += policy.weight
            total += policy.weight
            if let chosen = best, peers[chosen].currentWeight >= peers[index].currentWeight { continue }
            best = index
        }
        if let best { peers[best].currentWeight -= total }
        return best
    }

    private func isOut(_ peer: Peer, _ now: Int) -> Bool {
        peers.count > 1 && peer.policy.maxFails > 0 && peer.fails >= peer.policy.maxFails
            && now - peer.failsSince <= peer.policy.failTimeoutMilliseconds
    }
}
