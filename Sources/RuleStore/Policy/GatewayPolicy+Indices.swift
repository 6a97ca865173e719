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
            for settings in [server.settings] + server.locations.map(\.settings) {
                try check(settings)
                if let target = settings.target?.location {
                    try Self.check("target.location", target, server.locations.count)
                }
            }
        }
    }

    private func check(_ settings: LocationSettings) throws(PolicyError) {
        if let ruleSet = settings.ruleSet { try Self.check("ruleSet", ruleSet, ruleSetCount) }
        if let pipeline = settings.pipeline { try Self.check("pipeline", pipeline, pipelines.count) }
        for log in settings.accessLogs { try Self.check("accessLog.format", log.format, logFormats.count) }
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

    /// Every file that lines go to, each once, in the order of the configuration.
    package var logPaths: [String] {
        var paths: [String] = []
        var known: Set<String> = []
        for server in servers {
            for settings in [server.settings] + server.locations.map(\.settings) {
                let named =
                    settings.accessLogs.map(\.path)
                    + [settings.auditLog.path, settings.debugLog].compactMap { $0 }
                for path in named where known.insert(path).inserted { paths.append(path) }
            }
        }
        return paths
    }

    /// Gives each location that has rules and no `waf_audit_log` the audit log of its rules.
    ///
    /// - Parameter paths: Of each rule set; nil without SecAuditLog.
    package mutating func setAuditLogs(ofRuleSets paths: [String?]) {
        func target(_ settings: LocationSettings) -> AuditLogTarget {
            switch settings.auditLog {
            case .off, .directive: settings.auditLog
            case .none, .rules: (settings.ruleSet.flatMap { paths[$0] }).map { .rules(path: $0) } ?? .none
            }
        }
        for server in servers.indices {
            servers[server].settings.auditLog = target(servers[server].settings)
            for location in servers[server].locations.indices {
                let settings = servers[server].locations[location].settings
                servers[server].locations[location].settings.auditLog = target(settings)
            }
        }
    }

    /// Gives each location that has rules their debug log.
    ///
    /// - Parameter paths: Of each rule set; nil without SecDebugLog.
    package mutating func setDebugLogs(ofRuleSets paths: [String?]) {
        for server in servers.indices {
            servers[server].settings.debugLog = servers[server].settings.ruleSet.flatMap { paths[$0] }
            for location in servers[server].locations.indices {
                let ruleSet = servers[server].locations[location].settings.ruleSet
                servers[server].locations[location].settings.debugLog = ruleSet.flatMap { paths[$0] }
            }
        }
    }
}
