// Routing outside of a worker: where a host and a path lead, and which rules hold there.

internal import Automata
package import Bytes
package import RuleStore

/// The routes of a policy, for the master and for tools.
package struct RouteLookup {
    /// Where a request is served.
    package struct Place: Equatable, Sendable {
        package var server: Int
        /// nil: outside all locations of the server.
        package var location: Int?
        /// The path lacks the slash at its end; the gateway answers 301.
        package var redirectsToSlash = false
    }

    package let policy: GatewayPolicy
    /// Whether the policy was made for rule files alone: there is nothing to route.
    package let isBare: Bool
    private let router: Router
    private let matcher = PatternMatcher()

    package init(_ policy: GatewayPolicy, isBare: Bool = false) throws(RouterError) {
        self.policy = policy
        self.isBare = isBare
        router = try Router(policy)
    }

    /// The listener that a captured request may have come in by, as it does not say: the first one with
    /// the port of its host, else the first one. nil when there is none.
    package func listener(for host: ByteView) -> Int? {
        let name = HostName.name(of: host)
        let port = host.count > name.count ? host[name.count...].string.drop { $0 == "." || $0 == ":" } : ""
        let wanted = UInt16(port) ?? 80
        return policy.listeners.firstIndex { $0.address.port == wanted }
            ?? policy.listeners.indices.first
    }

    package func listenerAddress(for host: ByteView) -> ListenAddress? {
        listener(for: host).map { policy.listeners[$0].address }
    }

    /// The server that answers on a listener.
    ///
    /// - Parameter host: As received; empty when there is none.
    package func server(listener: Int, host: ByteView) -> Int { router.server(listener: listener, host: host) }

    /// - Parameter path: As sent, up to the query.
    /// - Returns: nil for a path that the gateway answers with 400.
    package func place(server: Int, path: ByteView) -> Place? {
        var scratch = ByteBuffer()
        guard let normal = PathNormalizer.normalize(path, scratch: &scratch) else { return nil }
        let match = router.location(server: server, path: normal, matcher: matcher)
        return Place(server: server, location: match.location, redirectsToSlash: match.redirectsToSlash)
    }

    package func settings(of place: Place) -> LocationSettings {
        let server = policy.servers[place.server]
        return place.location.map { server.locations[$0].settings } ?? server.settings
    }

    /// `server shop.example`, `server shop.example, location = /login`
    package func title(of place: Place) -> String {
        let server = policy.servers[place.server]
        let name = "server " + (server.names.first?.spelling ?? "#\(place.server + 1)")
        return place.location.map { "\(name), location \(server.locations[$0].match.spelling)" } ?? name
    }

    /// Every place that a rule set holds in.
    package func holders(ofRuleSet set: Int) -> [String] {
        var titles: [String] = []
        for (index, server) in policy.servers.enumerated() {
            var place = Place(server: index)
            if server.settings.ruleSet == set { titles.append(title(of: place)) }
            for (number, location) in server.locations.enumerated()
            where location.settings.ruleSet == set {
                place.location = number
                titles.append(title(of: place))
            }
        }
        return titles
    }
}

extension ServerPolicy.Name {
    /// As the configuration has it.
    var spelling: String {
        switch self {
        case .exact(let name): name.isEmpty ? "\"\"" : name
        case .leadingWildcard(let name): "*" + name
        case .trailingWildcard(let name): name + "*"
        }
    }
}

extension LocationPolicy.Match {
    /// As the configuration has it; of a pattern the store holds no text.
    var spelling: String {
        switch self {
        case .exact(let path): "= \(path)"
        case .prefix(let path): path
        case .prefixFinal(let path): "^~ \(path)"
        case .pattern: "~ (pattern)"
        }
    }
}
