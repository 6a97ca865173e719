// Where lines about requests go, and what the lines of an access log look like.

/// Where a location's audit entries go. Paths are absolute.
package enum AuditLogTarget: Equatable, Sendable {
    case none
    /// `waf_audit_log off`
    case off
    /// `waf_audit_log FILE`: SecAuditEngine is RelevantOnly unless the rules say otherwise.
    case directive(path: String)
    /// SecAuditLog: SecAuditEngine is Off unless the rules say otherwise.
    case rules(path: String)

    package var path: String? {
        switch self {
        case .none, .off: nil
        case .directive(let path), .rules(let path): path
        }
    }
}

/// One `access_log`.
package struct AccessLogTarget: Equatable, Sendable {
    package var path: String
    /// Index into `GatewayPolicy.logFormats`.
    package var format: Int

    package init(path: String, format: Int) {
        self.path = path
        self.format = format
    }
}

/// A `log_format`.
package struct LogFormat: Equatable, Sendable {
    /// How values are written, so that nothing in them ends a field or a line.
    package enum Escaping: UInt8, Sendable {
        /// nginx's default: `"`, `\` and all outside printable ASCII as `\xHH`; `-` for what is absent.
        case standard = 0
        case json
        case none
    }
    package enum Part: Equatable, Sendable {
        case literal(String)
        case variable(LogVariable)
    }
    package var escaping = Escaping.standard
    package var parts: [Part]

    package init(parts: [Part], escaping: Escaping = .standard) {
        self.parts = parts
        self.escaping = escaping
    }
}

/// What a format may name: the variables of all templates, and what is known once a request is over.
package enum LogVariable: Equatable, Hashable, Sendable {
    case template(TemplateVariable)
    /// `$sent_http_NAME`: a field of the answer, name in lower case with `-`.
    case sentField(String)
    case known(KnownLogVariable)
}

/// Variables of logs alone. A number, once given, stays; changing one changes the policy's version.
package enum KnownLogVariable: UInt8, CaseIterable, Sendable {
    case status = 0, bytesSent, bodyBytesSent, request, requestLength, requestTime
    case timeLocal, timeISO8601, milliseconds, remoteUser
    case upstreamAddress, upstreamStatus, upstreamResponseTime
    case connection, connectionRequests
    case wafVerdict, wafRuleID
}
