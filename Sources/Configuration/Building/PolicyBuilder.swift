// The directives of `http` to the policy of the workers.

internal import RuleStore

/// Builds a policy. Upstreams come first, because servers name them wherever they stand.
struct PolicyBuilder {
    let context: BuildContext
    var diagnostics: Diagnostics
    var upstreams = UpstreamRegistry()
    var listeners = ListenerRegistry()
    var ruleSets = RuleSetRegistry()
    var logFormats = LogFormatRegistry()
    var schemas = SchemaRegistry()
    var pipelines = PipelineRegistry()
    private var webSocketMemoryBytes: Int?
    var servers: [ServerPolicy] = []
    /// Where each name of each server stands.
    var nameLocations: [[SourceLocation]] = []

    init(_ context: BuildContext, _ diagnostics: Diagnostics) {
        self.context = context
        self.diagnostics = diagnostics
    }

    mutating func build(http: Directive) {
        for directive in http.block where directive.name == .upstream {
            upstreams.addBlock(directive, context, &diagnostics)
        }
        for directive in http.block where directive.name == .logFormat {
            logFormats.define(directive, &diagnostics)
        }
        for directive in http.block where directive.name == .wafWebSocketMemory {
            webSocketMemoryBytes = directive.sizeBytes
        }
        pipelines.define(http.block, context, &schemas, &diagnostics)
        var scope = SettingsScope()
        scope.apply(http.block, context, &logFormats, &diagnostics)
        for directive in http.block where directive.name == .server { addServer(directive, scope) }
        warnOfConflictingNames()
    }

    var policy: GatewayPolicy {
        var policy = GatewayPolicy()
        policy.listeners = listeners.policies
        policy.servers = servers
        policy.upstreams = upstreams.upstreams
        policy.ruleSetCount = ruleSets.sets.count
        policy.logFormats = logFormats.used
        policy.messageSchemas = schemas.compiled
        policy.pipelines = pipelines.pipelines
        policy.webSocketMemoryBytes = webSocketMemoryBytes ?? policy.webSocketMemoryBytes
        return policy
    }

    /// The settings of a block, with its rules registered.
    mutating func settings(of scope: SettingsScope) -> LocationSettings {
        let pipeline = scope.pipeline.flatMap { pipelines.index(of: $0, &diagnostics) }
        let files = scope.ruleFiles + (pipeline.map { pipelines.ruleFiles(of: $0) } ?? [])
        let ruleSet = ruleSets.index(of: files, isNeeded: pipeline != nil)
        var settings = scope.resolved(ruleSet: ruleSet, &diagnostics)
        settings.pipeline = pipeline
        if let pipeline {
            if let uri = pipelines.targetURI(of: pipeline) { settings.target = scope.target(uri: uri) }
            if !files.isEmpty, !pipelines.hasStage("rules", in: pipeline), let name = scope.pipeline {
                diagnostics.warn(name.location, .pipelineWithoutRules(name: name.text))
            }
        }
        settings.messages.schema = scope.schemaFile.flatMap { schemas.index(of: $0, context, &diagnostics) }
        return settings
    }

    /// nginx takes the first server of a name and says so.
    private mutating func warnOfConflictingNames() {
        for listener in listeners.policies {
            var owners: [ServerPolicy.Name: Int] = [:]
            for server in listener.servers {
                for (name, location) in zip(servers[server].names, nameLocations[server]) {
                    let owner = owners[name] ?? server
                    owners[name] = owner
                    guard owner != server else { continue }
                    diagnostics.warn(
                        location,
                        .conflictingServerName(name: name.written, address: listener.address.description))
                }
            }
        }
    }
}

extension ServerPolicy.Name {
    /// As an operator writes it.
    fileprivate var written: String {
        switch self {
        case .exact(let text): text
        case .leadingWildcard(let text): "*" + text
        case .trailingWildcard(let text): text + "*"
        }
    }
}
