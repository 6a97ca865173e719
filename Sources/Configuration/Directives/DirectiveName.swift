// The closed set of directives. `server` is two of them: a block of http, a line of upstream.

package enum DirectiveName: String, CaseIterable, Sendable {
    // main
    case include
    case workerProcesses = "worker_processes"
    case workerRlimitNofile = "worker_rlimit_nofile"
    case workerShutdownTimeout = "worker_shutdown_timeout"
    case user
    case pid
    case errorLog = "error_log"
    case ruleStore = "rule_store"
    case controlSocket = "control_socket"
    case sharedDict = "shared_dict"
    case events
    case workerConnections = "worker_connections"
    case http

    // http and server
    case accessLog = "access_log"
    case logFormat = "log_format"
    case server
    case listen
    case serverName = "server_name"
    case location
    case clientHeaderTimeout = "client_header_timeout"
    case clientBodyTimeout = "client_body_timeout"
    case clientMaxBodySize = "client_max_body_size"
    case sendTimeout = "send_timeout"
    case keepaliveTimeout = "keepalive_timeout"

    // proxying
    case proxyPass = "proxy_pass"
    case proxySetHeader = "proxy_set_header"
    case proxyConnectTimeout = "proxy_connect_timeout"
    case proxyReadTimeout = "proxy_read_timeout"
    case proxySendTimeout = "proxy_send_timeout"
    case proxyHTTPVersion = "proxy_http_version"
    case upstream
    case upstreamServer = "server (upstream)"
    case keepalive

    // inspection
    case waf
    case wafRulesFile = "waf_rules_file"
    case wafAuditLog = "waf_audit_log"
    case wafResponseHold = "waf_response_hold"
    case wafWebSocket = "waf_websocket"
    case wafWebSocketMaxMessage = "waf_websocket_max_message"
    case wafWebSocketMaxFrame = "waf_websocket_max_frame"
    case wafWebSocketTypes = "waf_websocket_types"
    case wafRequestCoding = "waf_request_coding"
    case wafWebSocketDeflate = "waf_websocket_deflate"
    case wafWebSocketAction = "waf_websocket_action"
    case wafWebSocketProtocol = "waf_websocket_protocol"
    case wafWebSocketMalformed = "waf_websocket_malformed"
    case wafWebSocketOrigins = "waf_websocket_origins"
    case wafWebSocketSubprotocols = "waf_websocket_subprotocols"
    case wafWebSocketRate = "waf_websocket_rate"
    case wafWebSocketByteRate = "waf_websocket_byte_rate"
    case wafWebSocketMaxFragments = "waf_websocket_max_fragments"
    case wafWebSocketIdleTimeout = "waf_websocket_idle_timeout"
    case wafWebSocketSchema = "waf_websocket_schema"
    case wafWebSocketMemory = "waf_websocket_memory"

    // remote inspection
    case wafTarget = "waf_target"
    case wafTargetTimeout = "waf_target_timeout"
    case wafTargetFailure = "waf_target_failure"
    case wafTargetMode = "waf_target_mode"
    case wafTargetSample = "waf_target_sample"
    case wafTargetMaxBody = "waf_target_max_body"
    case wafTargetInFlight = "waf_target_in_flight"
    case wafTargetMessages = "waf_target_messages"
    case wafTargetBreaker = "waf_target_breaker"
    case wafTargetCache = "waf_target_cache"
    case wafInspect = "waf_inspect"
    case pipeline

    /// As configuration text spells it.
    package var spelling: String { self == .upstreamServer ? "server" : rawValue }
}
