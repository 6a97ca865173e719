// From a listener, a host and a path to a server and a location, as nginx chooses them
// (nginx.org, "Server names" and "location").

package import Automata
package import Bytes
package import RuleStore

/// The routes of one generation. Built once; nothing is allocated per request.
package struct Router: Sendable {
    private struct ListenerRoutes: Sendable {
        var defaultServer: Int
        var exact: NameTable
        var leadingWildcards: NameTable
        var trailingWildcards: NameTable
        var hasNames: Bool { !(exact.isEmpty && leadingWildcards.isEmpty && trailingWildcards.isEmpty) }
    }

    /// Names, paths and programs; the views of these that programs keep live as long as it does.
    private let storage: RouterStorage
    private let listeners: [ListenerRoutes]
    private let servers: [ServerRoutes]
    private let patterns: [LocationPatterns]

    /// - Throws: ``RouterError`` for a policy that was not made for this version.
    package init(_ policy: GatewayPolicy) throws(RouterError) {
        var draft = RouterStorageDraft()
        let names = policy.servers.map { server in
            server.names.map { draft.add(Array($0.text.utf8)) }
        }
        let matches = policy.servers.map { server in
            server.locations.map { draft.add($0.match.bytes) }
        }
        storage = RouterStorage(draft.parts)
        let bytes = storage.bytes

        var listeners: [ListenerRoutes] = []
        for (index, listener) in policy.listeners.enumerated() {
            for server in listener.servers + [listener.defaultServer]
            where !policy.servers.indices.contains(server) {
                throw .missingServer(listener: index, server: server)
            }
            listeners.append(Self.routes(of: listener, policy, names, bytes))
        }
        self.listeners = listeners

        var servers: [ServerRoutes] = []
        var patterns: [LocationPatterns] = []
        for (index, server) in policy.servers.enumerated() {
            let routes = Self.routes(of: server, matches[index], bytes)
            var programs = LocationPatterns()
            for location in routes.patternLocations where !programs.append(bytes[matches[index][location]]) {
                throw .badPattern(server: index, location: location)
            }
            servers.append(routes)
            patterns.append(programs)
        }
        self.servers = servers
        self.patterns = patterns
    }

    /// The server for a request: that with the exact name, the longest leading wildcard, the
    /// longest trailing wildcard, else the listener's default.
    ///
    /// - Parameter host: As received, port and one trailing dot included; empty when there is none.
    /// - Precondition: `listener` is an index of the policy's listeners.
    package func server(listener: Int, host: ByteView) -> Int {
        let routes = listeners[listener]
        guard routes.hasNames else { return routes.defaultServer }
        let name = HostName.name(of: host)
        let bytes = storage.bytes
        return routes.exact.whole(name, in: bytes)
            ?? routes.leadingWildcards.longestPart(name, in: bytes)
            ?? routes.trailingWildcards.longestPart(name, in: bytes)
            ?? routes.defaultServer
    }

    /// The location for a request.
    ///
    /// - Parameter path: Decoded and normalised: what ``PathNormalizer`` returned.
    /// - Precondition: `server` is an index of the policy's servers.
    package func location(server: Int, path: ByteView, matcher: PatternMatcher) -> RouteMatch {
        servers[server].match(path, in: storage.bytes) { patterns[server].matches($0, path, matcher) }
    }

    private static func routes(
        of listener: ListenerPolicy, _ policy: GatewayPolicy, _ ranges: [[Range<Int>]], _ bytes: ByteView
    ) -> ListenerRoutes {
        var exact: [(name: Range<Int>, server: Int)] = []
        var leading: [(name: Range<Int>, server: Int)] = []
        var trailing: [(name: Range<Int>, server: Int)] = []
        // The only server of an address answers whatever the host.
        let isShared = listener.servers.contains { $0 != listener.defaultServer }
        for server in listener.servers where isShared {
            for (name, range) in zip(policy.servers[server].names, ranges[server]) {
                switch name {
                case .exact: exact.append((range, server))
                case .leadingWildcard: leading.append((range, server))
                case .trailingWildcard: trailing.append((range, server))
                }
            }
        }
        return ListenerRoutes(
            defaultServer: listener.defaultServer,
            exact: NameTable(exact, in: bytes, direction: .forward),
            leadingWildcards: NameTable(leading, in: bytes, direction: .backward),
            trailingWildcards: NameTable(trailing, in: bytes, direction: .forward))
    }

    private static func routes(
        of server: ServerPolicy, _ ranges: [Range<Int>], _ bytes: ByteView
    ) -> ServerRoutes {
        var exact: [(path: Range<Int>, location: Int)] = []
        var prefixes: [(path: Range<Int>, location: Int)] = []
        var isFinal: [Bool] = []
        var patternLocations: [Int] = []
        for (index, location) in server.locations.enumerated() {
            var endsSearch = false
            switch location.match {
            case .exact: exact.append((ranges[index], index))
            case .prefix: prefixes.append((ranges[index], index))
            case .prefixFinal:
                prefixes.append((ranges[index], index))
                endsSearch = true
            case .pattern: patternLocations.append(index)
            }
            isFinal.append(endsSearch)
        }
        return ServerRoutes(
            exact: PrefixTable(exact, in: bytes), prefixes: PrefixTable(prefixes, in: bytes),
            isFinal: isFinal, isProxied: server.locations.map { $0.settings.proxy != nil },
            patternLocations: patternLocations)
    }
}

extension ServerPolicy.Name {
    /// As the configuration spells it, but for the wildcard.
    var text: String {
        switch self {
        case .exact(let text), .leadingWildcard(let text), .trailingWildcard(let text): text
        }
    }
}

extension LocationPolicy.Match {
    fileprivate var bytes: [UInt8] {
        switch self {
        case .exact(let path), .prefix(let path), .prefixFinal(let path): Array(path.utf8)
        case .pattern(let program): program
        }
    }
}
