// The directives that are handed down: http to server to location.

internal import RuleStore

/// What holds in a block. A block starts with a copy of its parent's scope and changes it.
struct SettingsScope {
    /// Everything whose default does not depend on something else.
    private var settings = LocationSettings()
    private var inspection: LocationSettings.InspectionMode?
    /// Where `waf` was last set, for the warning that it finds nothing.
    private var inspectionLocation: SourceLocation?
    private var webSocketInspection: LocationSettings.InspectionMode?
    private var maxFrameBytes: Int?
    /// Whether a directive asks something of messages; it then takes no rules to have them inspected.
    private var declaresMessages = false
    /// The JSON Schema of messages; nil without one.
    private(set) var schemaFile: RuleFile?
    /// The name of the pipeline; nil: none.
    private(set) var pipeline: Word?
    /// What holds of `waf_target`.
    private var target = TargetReader()
    /// Where that stands; nil where nothing is asked.
    var targetLocation: SourceLocation? { target.location ?? pipeline?.location }
    /// What a pipeline asks: that URI, with what else holds here of `waf_target`.
    func target(uri: String) -> TargetPolicy { target.policy(uri: uri) }
    /// The parent's first, then those of the block itself.
    private(set) var ruleFiles: [RuleFile] = []

    /// Takes the block's own directives. They hold for all blocks inside, wherever they stand.
    ///
    /// - Parameter formats: Those of `log_format`, which `access_log` may name.
    mutating func apply(
        _ directives: [Directive], _ context: BuildContext, _ formats: inout LogFormatRegistry,
        _ diagnostics: inout Diagnostics
    ) {
        var ownHeaders: [ProxyHeader] = []
        var setsHeaders = false
        if directives.contains(where: { $0.name == .wafRulesFile && $0.arguments.first?.text == "off" }) {
            ruleFiles = []
        }
        for directive in directives {
            switch directive.name {
            case .proxySetHeader:
                setsHeaders = true
                if let header = ProxyHeaderReader.read(directive, &diagnostics) { ownHeaders.append(header) }
            case .wafRulesFile: ruleFiles += RuleFileReader.read(directive, context, &diagnostics)
            case .wafAuditLog:
                settings.auditLog =
                    LogTargetReader.auditLog(directive, context, &diagnostics) ?? settings.auditLog
            // Read together below.
            case .accessLog: break
            case .wafWebSocketSchema:
                if let file = MessagePolicyReader.schemaFile(directive, context, &diagnostics) {
                    schemaFile = file
                }
                declaresMessages = true
            case .wafWebSocketAction, .wafWebSocketProtocol, .wafWebSocketMalformed, .wafWebSocketOrigins,
                .wafWebSocketSubprotocols, .wafWebSocketRate, .wafWebSocketByteRate,
                .wafWebSocketMaxFragments,
                .wafWebSocketIdleTimeout:
                MessagePolicyReader.apply(directive, to: &settings.messages, &diagnostics)
                declaresMessages = true
            case .wafTarget, .wafTargetTimeout, .wafTargetFailure, .wafTargetMode, .wafTargetSample,
                .wafTargetMaxBody, .wafTargetInFlight, .wafTargetMessages, .wafTargetBreaker, .wafTargetCache:
                target.apply(directive, &diagnostics)
            case .pipeline:
                if directive.chain == nil {
                    pipeline = directive.arguments[0].text == "off" ? nil : directive.arguments[0]
                }
            default: apply(directive)
            }
        }
        settings.target = target.policy
        if setsHeaders { settings.proxyHeaders = ownHeaders }
        let accessLogs = directives.filter { $0.name == .accessLog }
        if !accessLogs.isEmpty {
            settings.accessLogs = LogTargetReader.accessLogs(accessLogs, context, &formats, &diagnostics)
        }
    }

    /// Directives of one value. A value that is wrong has been reported; the inherited one stays.
    private mutating func apply(_ directive: Directive) {
        let time = directive.milliseconds
        let size = directive.sizeBytes
        switch directive.name {
        case .proxyConnectTimeout:
            settings.connectTimeoutMilliseconds = time ?? settings.connectTimeoutMilliseconds
        case .proxyReadTimeout: settings.readTimeoutMilliseconds = time ?? settings.readTimeoutMilliseconds
        case .proxySendTimeout: settings.sendTimeoutMilliseconds = time ?? settings.sendTimeoutMilliseconds
        case .clientHeaderTimeout:
            settings.clientHeaderTimeoutMilliseconds = time ?? settings.clientHeaderTimeoutMilliseconds
        case .clientBodyTimeout:
            settings.clientBodyTimeoutMilliseconds = time ?? settings.clientBodyTimeoutMilliseconds
        case .sendTimeout:
            settings.clientSendTimeoutMilliseconds = time ?? settings.clientSendTimeoutMilliseconds
        case .keepaliveTimeout:
            settings.keepAliveTimeoutMilliseconds = time ?? settings.keepAliveTimeoutMilliseconds
        case .clientMaxBodySize: settings.maxBodyBytes = size ?? settings.maxBodyBytes
        case .wafRequestCoding: settings.refusesCodedRequests = directive.choice == "refuse"
        case .wafInspect: settings.answersInspection = directive.choice == "on"
        case .wafResponseHold: settings.responseHoldMilliseconds = time ?? settings.responseHoldMilliseconds
        case .wafWebSocketMaxMessage: settings.maxMessageBytes = size ?? settings.maxMessageBytes
        case .wafWebSocketMaxFrame: maxFrameBytes = size ?? maxFrameBytes
        case .waf:
            inspection = directive.inspectionMode ?? inspection
            inspectionLocation = directive.location
        case .wafWebSocket: webSocketInspection = directive.inspectionMode ?? webSocketInspection
        case .wafWebSocketTypes:
            settings.acceptsTextMessages = directive.choice != "binary"
            settings.acceptsBinaryMessages = directive.choice != "text"
        case .wafWebSocketDeflate: settings.allowsDeflate = directive.choice != "strip"
        // The version is 1.1 or refused by the table.
        case .proxyHTTPVersion: break
        // Read by the apply above.
        case .proxySetHeader, .wafRulesFile, .accessLog, .wafAuditLog, .wafWebSocketAction,
            .wafWebSocketProtocol,
            .wafWebSocketMalformed, .wafWebSocketOrigins, .wafWebSocketSubprotocols, .wafWebSocketRate,
            .wafWebSocketByteRate, .wafWebSocketMaxFragments, .wafWebSocketIdleTimeout, .wafWebSocketSchema,
            .wafTarget, .wafTargetTimeout, .wafTargetFailure, .wafTargetMode, .wafTargetSample,
            .wafTargetMaxBody, .wafTargetInFlight, .wafTargetMessages, .wafTargetBreaker, .wafTargetCache,
            .pipeline:
            break
        // Not handed down.
        case .include, .workerProcesses, .workerRlimitNofile, .workerShutdownTimeout, .user, .pid, .errorLog,
            .ruleStore, .controlSocket, .sharedDict, .events, .workerConnections, .http, .server, .listen,
            .serverName,
            .location, .proxyPass, .upstream, .upstreamServer, .keepalive, .logFormat,
            .wafWebSocketMemory:
            break
        }
    }

    /// The settings with all defaults worked out.
    ///
    /// - Parameter ruleSet: The index of ``ruleFiles``, nil when there are none.
    func resolved(ruleSet: Int?, _ diagnostics: inout Diagnostics) -> LocationSettings {
        var settings = settings
        settings.ruleSet = ruleSet
        settings.inspection = inspection ?? (ruleSet == nil ? .off : .on)
        settings.webSocketInspection = webSocketInspection ?? defaultWebSocketInspection(settings)
        settings.maxFrameBytes = maxFrameBytes ?? settings.maxMessageBytes
        if settings.inspection != .off, ruleSet == nil, let location = inspectionLocation {
            diagnostics.warn(location, .inspectionWithoutRules)
        }
        return settings
    }

    /// As `waf`; where that is not said and there are no rules, what is asked of messages counts.
    private func defaultWebSocketInspection(_ settings: LocationSettings) -> LocationSettings.InspectionMode {
        inspection == nil && settings.ruleSet == nil && declaresMessages ? .on : settings.inspection
    }
}

extension Directive {
    fileprivate var inspectionMode: LocationSettings.InspectionMode? {
        switch choice {
        case "on": .on
        case "detect": .detect
        case "off": .off
        default: nil
        }
    }
}
