// `server` blocks: addresses, names, locations.

internal import RuleStore

extension PolicyBuilder {
    mutating func addServer(_ directive: Directive, _ parent: SettingsScope) {
        var scope = parent
        scope.apply(directive.block, context, &logFormats, &diagnostics)
        let index = servers.count
        var server = ServerPolicy()
        server.settings = settings(of: scope)
        servers.append(server)
        nameLocations.append([])
        addListeners(directive, server: index)
        addNames(directive, server: index)
        let targets = addLocations(directive, server: index, scope)
        resolveTargets(server: index, written: targets + [scope.targetLocation])
    }

    private mutating func addListeners(_ directive: Directive, server: Int) {
        let listens = directive.block.filter { $0.name == .listen }
        if listens.isEmpty {
            let address = ListenAddress(host: "0.0.0.0", port: context.defaultPort)
            listeners.add(address, server: server, isDefault: false, at: directive.location, &diagnostics)
        }
        for listen in listens {
            switch ListenValue.parse(listen.arguments, defaultPort: context.defaultPort) {
            case .failure(let error): diagnostics.report(error)
            case .success(let value):
                let addresses = context.addresses(
                    of: value.host, port: value.port, for: listen.spelling, at: listen.arguments[0].location,
                    &diagnostics)
                for address in addresses {
                    listeners.add(
                        address, server: server, isDefault: value.isDefault, at: listen.location, &diagnostics
                    )
                }
            }
        }
    }

    private mutating func addNames(_ directive: Directive, server: Int) {
        let words = directive.block.filter { $0.name == .serverName }.flatMap(\.arguments)
        for word in words {
            switch ServerNameValue.parse(word.text) {
            case .failure(let reason): diagnostics.report(word.location, reason)
            case .success(let names):
                if word.text.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 >= 0x80 }) {
                    diagnostics.warn(word.location, .suspiciousServerName(name: word.text))
                }
                for name in names where !servers[server].names.contains(name) {
                    servers[server].names.append(name)
                    nameLocations[server].append(word.location)
                }
            }
        }
        if words.isEmpty {
            // A server without names answers requests without a host (nginx.org, "Server names").
            servers[server].names = [.exact("")]
            nameLocations[server] = [directive.location]
        }
    }

    /// - Returns: Where the `waf_target` of each location stands.
    private mutating func addLocations(
        _ directive: Directive, server: Int, _ parent: SettingsScope
    ) -> [SourceLocation?] {
        var targets: [SourceLocation?] = []
        var seen: [LocationKey: SourceLocation] = [:]
        for inner in directive.block where inner.name == .location {
            let value: LocationValue
            switch LocationValue.parse(inner.arguments) {
            case .failure(let error):
                diagnostics.report(error)
                continue
            case .success(let parsed): value = parsed
            }
            if let key = LocationKey(value) {
                if let first = seen[key] {
                    diagnostics.report(
                        inner.location, .duplicate(what: "location \"\(value.path)\"", first: first))
                }
                seen[key] = seen[key] ?? inner.location
            }
            var scope = parent
            scope.apply(inner.block, context, &logFormats, &diagnostics)
            var settings = settings(of: scope)
            settings.proxy = proxyTarget(of: inner, value)
            guard let match = match(of: value) else { continue }
            servers[server].locations.append(LocationPolicy(match: match, settings: settings))
            targets.append(scope.targetLocation)
        }
        return targets
    }

    private mutating func match(of value: LocationValue) -> LocationPolicy.Match? {
        if value.modifier != .pattern, value.modifier != .caselessPattern, !value.path.hasPrefix("/") {
            diagnostics.warn(value.location, .unreachableLocation(path: value.path))
        }
        switch value.modifier {
        case .none: return .prefix(value.path)
        case .exact: return .exact(value.path)
        case .prefixFinal: return .prefixFinal(value.path)
        case .pattern, .caselessPattern:
            switch LocationPattern.compile(value.path, isCaseless: value.modifier == .caselessPattern) {
            case .success(let program): return .pattern(program: program)
            case .failure(let reason):
                diagnostics.report(value.location, reason)
                return nil
            }
        }
    }
}

/// What makes two literal locations the same: `/a` and `^~ /a` are, `/a` and `= /a` are not.
private struct LocationKey: Hashable {
    var isExact: Bool
    var path: String

    /// nil for patterns, which are tried in order.
    init?(_ value: LocationValue) {
        switch value.modifier {
        case .none, .prefixFinal: isExact = false
        case .exact: isExact = true
        case .pattern, .caselessPattern: return nil
        }
        path = value.path
    }
}
