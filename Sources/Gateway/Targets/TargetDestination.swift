// Who is asked: what the `proxy_pass` of a target's location stands for.

internal import Posix
internal import RuleStore

/// Holds over generations: an upstream is looked up by its name.
enum TargetDestination {
    case upstream(name: String)
    case address(SocketAddress)

    /// Where that is in one generation.
    struct Place {
        var set: UpstreamSet
        var upstream: Int?
        var address: SocketAddress?
        var keepsConnection: Bool
    }

    /// nil when the generation does not know the upstream.
    func place(in generation: ActiveGeneration) -> Place? {
        switch self {
        case .address(let address):
            return Place(set: generation.upstreams, address: address, keepsConnection: false)
        case .upstream(let name):
            guard let index = generation.upstreams.index(named: name) else { return nil }
            let keeps = generation.policy.upstreams[index].keptConnections > 0
            return Place(set: generation.upstreams, upstream: index, keepsConnection: keeps)
        }
    }
}

extension Exchange {
    /// nil when variables give neither an upstream nor an address.
    func targetDestination(_ proxy: ProxyTarget) -> TargetDestination? {
        switch proxy.destination {
        case .upstream(let index): return .upstream(name: generation!.policy.upstreams[index].name)
        case .variable(let template):
            let text = expanded(template)
            if generation!.upstreams.index(named: text) != nil { return .upstream(name: text) }
            return SocketAddress(authority: text, defaultPort: 80).map { .address($0) }
        }
    }
}
