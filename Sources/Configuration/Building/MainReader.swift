// The directives outside of `http`.

/// What the main context says: for the master, and a little for the workers.
struct MainReader {
    private(set) var settings: MainSettings
    /// nil: without end.
    private(set) var shutdownTimeoutMilliseconds: Int?
    private(set) var workerConnections: Int?
    private(set) var http: Directive?

    init(_ directives: [Directive], _ context: BuildContext, _ diagnostics: inout Diagnostics) {
        settings = MainSettings()
        var dictionaries = DictionaryReader()
        for directive in directives {
            switch directive.name {
            case .workerProcesses: settings.workerProcesses = directive.number
            case .workerRlimitNofile: settings.workerOpenFiles = directive.number
            case .workerShutdownTimeout:
                shutdownTimeoutMilliseconds = directive.milliseconds.flatMap { $0 == 0 ? nil : $0 }
            case .user:
                settings.userName = Self.text(directive, 0, "a user's name", &diagnostics)
                if directive.arguments.count == 2 {
                    settings.groupName = Self.text(directive, 1, "a group's name", &diagnostics)
                }
            case .pid: Self.path(directive, context, &diagnostics).map { settings.pidPath = $0 }
            case .ruleStore:
                Self.path(directive, context, &diagnostics).map { settings.ruleStoreDirectory = $0 }
            case .controlSocket:
                Self.path(directive, context, &diagnostics).map { settings.controlSocketPath = $0 }
            case .sharedDict: dictionaries.read(directive, context, &diagnostics)
            case .errorLog: readErrorLog(directive, context, &diagnostics)
            case .events: workerConnections = directive.block.first { $0.name == .workerConnections }?.number
            case .http: http = directive
            case .include, .workerConnections, .accessLog, .logFormat, .server, .listen, .serverName,
                .location,
                .clientHeaderTimeout, .clientBodyTimeout, .clientMaxBodySize, .sendTimeout, .keepaliveTimeout,
                .proxyPass, .proxySetHeader, .proxyConnectTimeout, .proxyReadTimeout, .proxySendTimeout,
                .proxyHTTPVersion, .upstream, .upstreamServer, .keepalive, .waf, .wafRulesFile,
                .wafAuditLog, .wafResponseHold, .wafRequestCoding, .wafWebSocket, .wafWebSocketMaxMessage,
                .wafWebSocketMaxFrame, .wafWebSocketTypes,
                .wafWebSocketDeflate, .wafWebSocketAction, .wafWebSocketProtocol, .wafWebSocketMalformed,
                .wafWebSocketOrigins, .wafWebSocketSubprotocols, .wafWebSocketRate, .wafWebSocketByteRate,
                .wafWebSocketMaxFragments, .wafWebSocketIdleTimeout, .wafWebSocketSchema,
                .wafWebSocketMemory, .wafTarget, .wafTargetTimeout, .wafTargetFailure, .wafTargetMode,
                .wafTargetSample, .wafTargetMaxBody, .wafTargetInFlight, .wafTargetMessages,
                .wafTargetBreaker,
                .wafTargetCache, .wafInspect, .pipeline:
                // Of other contexts: the check has let none of them through.
                break
            }
        }
        settings.dictionaries = dictionaries.settings
    }

    private mutating func readErrorLog(
        _ directive: Directive, _ context: BuildContext, _ diagnostics: inout Diagnostics
    ) {
        if directive.arguments[0].text == "stderr" {
            settings.errorLogPath = nil
        } else {
            settings.errorLogPath = Self.path(directive, context, &diagnostics)
        }
        guard directive.arguments.count == 2 else { return }
        let word = directive.arguments[1]
        guard let level = ErrorLogLevel(rawValue: word.text) else {
            let expected = ErrorLogLevel.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
            diagnostics.report(
                word.location, .badValue(directive: directive.spelling, expected: expected, found: word.text))
            return
        }
        settings.errorLogLevel = level
    }

    private static func path(
        _ directive: Directive, _ context: BuildContext, _ diagnostics: inout Diagnostics
    ) -> String? {
        text(directive, 0, "a path", &diagnostics).map(context.paths.underPrefix)
    }

    private static func text(
        _ directive: Directive, _ index: Int, _ expected: String, _ diagnostics: inout Diagnostics
    ) -> String? {
        let word = directive.arguments[index]
        if !word.text.isEmpty { return word.text }
        diagnostics.report(
            word.location, .badValue(directive: directive.spelling, expected: expected, found: word.text))
        return nil
    }
}
