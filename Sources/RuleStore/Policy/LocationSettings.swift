// What holds for a request once it has been routed: the directives of http, server and location
// after inheritance.

/// The settings of one location.
package struct LocationSettings: Equatable, Sendable {
    package enum InspectionMode: UInt32, Sendable {
        case off = 0
        case detect, on
    }

    /// nil: no `proxy_pass`; the location answers 404 once judged.
    package var proxy: ProxyTarget?
    /// `proxy_set_header NAME VALUE`, in order; an empty value takes the field away.
    package var proxyHeaders: [ProxyHeader] = []
    package var connectTimeoutMilliseconds = 60_000
    package var readTimeoutMilliseconds = 60_000
    package var sendTimeoutMilliseconds = 60_000

    /// Time for a whole request head; `client_header_timeout`.
    package var clientHeaderTimeoutMilliseconds = 60_000
    /// Time between two reads of a body; `client_body_timeout`.
    package var clientBodyTimeoutMilliseconds = 60_000
    /// Time between two writes to the client; `send_timeout`.
    package var clientSendTimeoutMilliseconds = 60_000
    /// Idle time of a client's connection; 0 closes after each answer; `keepalive_timeout`.
    package var keepAliveTimeoutMilliseconds = 75_000
    /// Bytes; 0: no limit; `client_max_body_size`.
    package var maxBodyBytes = 1 << 20

    /// `waf on|detect|off`
    package var inspection = InspectionMode.off
    /// Index of the rule set, nil without rules.
    package var ruleSet: Int?
    /// `waf_request_coding`: whether a request body under Content-Encoding is refused rather than decoded.
    package var refusesCodedRequests = false
    /// How long a response is held for inspection before it is streamed; `waf_response_hold`.
    package var responseHoldMilliseconds = 1_000

    /// `waf_websocket on|detect|off`; off is a blind tunnel.
    package var webSocketInspection = InspectionMode.off
    /// Bytes after inflating; `waf_websocket_max_message`.
    package var maxMessageBytes = 1 << 20
    /// Bytes on the wire; `waf_websocket_max_frame`.
    package var maxFrameBytes = 1 << 20
    package var acceptsTextMessages = true
    package var acceptsBinaryMessages = true
    /// `waf_websocket_deflate`: whether permessage-deflate is inspected, or taken out of the offer.
    package var allowsDeflate = true
    package var messages = MessagePolicy()

    /// `pipeline NAME`: index into `GatewayPolicy.pipelines`; nil: the rules and then the target, as they are.
    package var pipeline: Int?

    /// `waf_target`; nil: off.
    package var target: TargetPolicy?
    /// Some `waf_target` of the server names the location: it serves inquiries alone.
    package var isTarget = false
    /// `waf_inspect`: requests are answered with their verdict.
    package var answersInspection = false

    /// `waf_audit_log`, else SecAuditLog.
    package var auditLog = AuditLogTarget.none
    /// SecDebugLog of the rules, an absolute path; nil without one.
    package var debugLog: String?
    /// `access_log`; a request gets a line in each.
    package var accessLogs: [AccessLogTarget] = []

    package init() {}
}

/// Where a location's requests go.
package struct ProxyTarget: Equatable, Sendable {
    package enum Destination: Equatable, Sendable {
        /// Index into `GatewayPolicy.upstreams`.
        case upstream(Int)
        /// Host and port come from variables: the name of an upstream, or an address.
        case variable(TemplateText)
    }
    package var destination: Destination
    /// What `$proxy_host` stands for: the host and, unless it is 80, the port as written.
    package var hostText: TemplateText
    /// The URI part of `proxy_pass`; nil: the request's own target goes on unchanged. Without
    /// variables it replaces the part of the path that the location matched.
    package var uri: TemplateText?
    /// Bytes of the path that `uri` replaces: the length of the location's prefix. nil when `uri`
    /// has variables and is taken as the whole target.
    package var replacedPrefixBytes: Int?

    package init(
        destination: Destination, hostText: TemplateText, uri: TemplateText? = nil,
        replacedPrefixBytes: Int? = nil
    ) {
        self.destination = destination
        self.hostText = hostText
        self.uri = uri
        self.replacedPrefixBytes = replacedPrefixBytes
    }
}

/// `proxy_set_header`.
package struct ProxyHeader: Equatable, Sendable {
    package var name: String
    package var value: TemplateText

    package init(name: String, value: TemplateText) {
        self.name = name
        self.value = value
    }
}

/// Text with nginx variables, split at load.
package struct TemplateText: Equatable, Sendable {
    package enum Part: Equatable, Sendable {
        case literal(String)
        case variable(TemplateVariable)
    }
    package var parts: [Part]

    package init(parts: [Part]) { self.parts = parts }
    package init(literal: String) { parts = literal.isEmpty ? [] : [.literal(literal)] }
    package var hasVariables: Bool {
        parts.contains { if case .variable = $0 { true } else { false } }
    }
}

/// The variables that configuration text may name (nginx's names).
package enum TemplateVariable: Equatable, Hashable, Sendable {
    case requestURI, uri, args, isArgs, requestMethod, serverProtocol
    case remoteAddress, remotePort, serverAddress, serverPort, serverName, scheme
    /// `$host`: the request's host in lower case without port, else the server's name.
    case host
    /// `$http_host` and all other `$http_NAME`: a field of the request, name in lower case with `-`.
    case requestField(String)
    /// `$arg_NAME`
    case argument(String)
    /// `$cookie_NAME`
    case cookie(String)
    case proxyHost, proxyPort, proxyAddXForwardedFor
    case requestID
}
