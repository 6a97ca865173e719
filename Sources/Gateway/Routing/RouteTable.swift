// Every route of a generation, made once.

internal import Automata
internal import Bytes
internal import Inspection
internal import Pipeline
internal import RuleStore

/// Finds the route of a request: server by listener and host, location by path.
struct RouteTable {
    private struct ServerEntry {
        /// What holds outside all locations.
        var outside: Route
        var locations: [Route]
    }

    private let router: Router
    private let servers: [ServerEntry]
    private let listeners: [ListenAddress: Int]

    init(
        _ policy: GatewayPolicy, ruleSets: [RuleSet], schemas: [MessageSchema],
        pipelines: [AttachedPipeline] = []
    )
        throws(RouterError)
    {
        router = try Router(policy)
        servers = policy.servers.map { server in
            ServerEntry(
                outside: Route(
                    server: server, settings: server.settings, ruleSets: ruleSets, schemas: schemas,
                    pipelines: pipelines),
                locations: server.locations.map {
                    Route(
                        server: server, settings: $0.settings, ruleSets: ruleSets, schemas: schemas,
                        pipelines: pipelines)
                })
        }
        for server in servers {
            for route in server.locations + [server.outside] { route.findTarget(among: server.locations) }
        }
        listeners = Dictionary(
            policy.listeners.enumerated().map { ($0.element.address, $0.offset) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The server for a request; nil when this generation no longer listens there.
    func server(listener: ListenAddress, host: ByteView) -> Int? {
        listeners[listener].map { router.server(listener: $0, host: host) }
    }

    func outside(server: Int) -> Route { servers[server].outside }

    /// The route of a path, and whether a slash is missing at its end.
    ///
    /// - Parameter path: Decoded and normalised.
    func route(server: Int, path: ByteView, matcher: PatternMatcher) -> (route: Route, redirectsToSlash: Bool)
    {
        let match = router.location(server: server, path: path, matcher: matcher)
        guard let location = match.location else { return (servers[server].outside, false) }
        return (servers[server].locations[location], match.redirectsToSlash)
    }
}
