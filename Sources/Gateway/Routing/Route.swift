// What a request is subject to once it has been routed.

internal import Inspection
internal import Journal
internal import Pipeline
internal import RuleStore

/// The settings of one location, or of a server outside all locations, and its compiled rules.
final class Route {
    let server: ServerPolicy
    let settings: LocationSettings
    let rules: RuleSet?

    /// `waf_websocket_schema`
    let schema: MessageSchema?
    /// `waf_websocket_origins`; empty: all.
    let origins: [OriginPattern]

    /// What is known of the target that requests are asked about; nil without one.
    let desk: TargetDesk?
    /// The location that inquiries go to. Set once, when all routes of the server are made.
    private(set) var target: Route?

    /// What `$server_name` stands for: the first name of the server.
    let serverName: String

    /// One `access_log`.
    struct AccessLog {
        var file: LogFileNumber
        /// Index into the policy's formats.
        var format: Int
    }
    let accessLogs: [AccessLog]
    /// Where audit entries go; nil: nowhere.
    let auditFile: LogFileNumber?
    /// Where lines of the debug log go; nil: nowhere.
    let debugFile: LogFileNumber?
    /// Of which transactions there are entries; nil where there is no file.
    let auditMode: EngineSettings.AuditMode?

    /// What requests and messages go through; nil: the rules, then the target.
    let pipeline: AttachedPipeline?

    init(
        server: ServerPolicy, settings: LocationSettings, ruleSets: [RuleSet], schemas: [MessageSchema],
        pipelines: [AttachedPipeline] = []
    ) {
        self.server = server
        self.settings = settings
        pipeline = settings.pipeline.map { pipelines[$0] }
        schema = settings.messages.schema.map { schemas[$0] }
        origins = settings.messages.origins.map { OriginPattern($0) }
        rules = settings.ruleSet.map { ruleSets[$0] }
        desk = settings.isTarget ? nil : settings.target.map { TargetDesk($0) }
        serverName = server.names.first?.text ?? ""
        accessLogs = settings.accessLogs.map {
            AccessLog(file: LogFileNumber(path: $0.path), format: $0.format)
        }
        auditFile = rules == nil ? nil : settings.auditLog.path.map { LogFileNumber(path: $0) }
        debugFile = rules == nil ? nil : settings.debugLog.map { LogFileNumber(path: $0) }
        switch settings.auditLog {
        case .none, .off: auditMode = nil
        case .directive: auditMode = rules?.view.auditMode ?? .relevantOnly
        case .rules: auditMode = rules?.view.auditMode ?? .off
        }
    }

    /// Finds the location of the target among those of the server.
    func findTarget(among locations: [Route]) { target = settings.target?.location.map { locations[$0] } }

    /// Rules to run on requests; nil where nothing is inspected.
    var requestRules: RuleSet? { settings.inspection == .off ? nil : rules }

    /// Whether response bodies are read, and so have to come in a form that can be.
    var inspectsResponseBodies: Bool {
        guard let view = requestRules?.view else { return false }
        return view.inspectsResponseBody && view.plan(.responseBody).count > 0
    }

    /// The pipeline, unless inspection is off.
    var activePipeline: AttachedPipeline? { settings.inspection == .off ? nil : pipeline }

    var isDetectOnly: Bool { settings.inspection == .detect }
}
