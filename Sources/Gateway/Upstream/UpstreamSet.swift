// The upstreams of one generation with what this worker knows of them.

internal import Bytes
internal import Posix
internal import RuleStore
internal import Upstreams

/// Balancers and idle connections of one generation's upstreams.
final class UpstreamSet {
    private struct State {
        var balancer: Balancer
        var pool: IdlePool
        /// Socket addresses of the servers; nil where the text is no address.
        var addresses: [SocketAddress?]
    }

    private var states: [State]
    private let indices: [String: Int]

    init(_ policies: [UpstreamPolicy]) {
        states = policies.map { policy in
            State(
                balancer: Balancer(policy), pool: IdlePool(capacity: policy.keptConnections),
                addresses: policy.servers.map {
                    SocketAddress(host: $0.address.host, port: $0.address.port)
                })
        }
        indices = Dictionary(
            policies.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }

    func index(named name: String) -> Int? { indices[name] }

    func chooseServer(of upstream: Int, excluding tried: Set<Int>, now: Int) -> Int? {
        states[upstream].balancer.choose(excluding: tried, now: now)
    }

    func address(of server: Int, in upstream: Int) -> SocketAddress? { states[upstream].addresses[server] }

    func failed(_ server: Int, of upstream: Int, now: Int) { states[upstream].balancer.failed(server, now: now) }
    func succeeded(_ server: Int, of upstream: Int) { states[upstream].balancer.succeeded(server) }

    func takeIdle(server: Int, of upstream: Int) -> SlotHandle? { states[upstream].pool.take(server: server) }

    /// Keeps an idle connection; returns one that is to be closed instead, if any.
    func keepIdle(_ handle: SlotHandle, server: Int, of upstream: Int) -> SlotHandle? {
        states[upstream].pool.put(handle, server: server)
    }

    func forgetIdle(_ handle: SlotHandle, of upstream: Int) { states[upstream].pool.remove(handle) }

    func drainIdle() -> [SlotHandle] {
        states.indices.flatMap { states[$0].pool.drain() }
    }
}
