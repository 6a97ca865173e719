// A policy names servers, upstreams and rule sets by index; this is where the indices are checked.

extension GatewayPolicy {
    /// - Throws: ``PolicyError/danglingIndex(field:index:count:)`` for the first index that names
    ///   nothing, so that a worker may use them all without a look.
    func checkIndices() throws(PolicyError) {
        for listener in listeners {
            try Self.check("listener.defaultServer", listener.defaultServer, servers.count)
            for server in listener.servers { try Self.check("listener.servers", server, servers.count) }
        }
        for server in servers {
            try check(server.settings)
            for location in server.locations { try check(location.settings) }
        }
    }

    private func check(_ settings: LocationSettings) throws(PolicyError) {
        if let ruleSet = settings.ruleSet { try Self.check("ruleSet", ruleSet, ruleSetCount) }
        if let schema = settings.messages.schema {
            try Self.check("messages.schema", schema, messageSchemas.count)
        }
        if case .upstream(let index)? = settings.proxy?.destination {
            try Self.check("proxy.upstream", index, upstreams.count)
        }
    }

    private static func check(_ field: String, _ index: Int, _ count: Int) throws(PolicyError) {
        guard index >= 0, index < count else {
            throw .danglingIndex(field: field, index: index, count: count)
        }
    }
}
