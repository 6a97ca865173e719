// What a line is about: each kind has its own rate limit, so that a flood of one hides no other.

package enum LogKind: Int, CaseIterable, Sendable {
    /// Start, stop, reload, a worker's death.
    case process
    /// Malformed or oversized requests, connections that clients broke.
    case client
    /// Connections to upstreams that fail or time out.
    case upstream
    /// Violations of the WebSocket protocol.
    case webSocket
    /// What the rule engine reports besides matches.
    case inspection
    /// Descriptors, memory and other means that run out.
    case resource
    /// A matched rule, in ModSecurity's form. Exempt from the rate limit: log readers ban by them.
    case matchedRule

    package var name: StaticString {
        switch self {
        case .process: "process"
        case .client: "client"
        case .upstream: "upstream"
        case .webSocket: "websocket"
        case .inspection: "inspection"
        case .resource: "resource"
        case .matchedRule: "matched_rule"
        }
    }

    package var isRateLimited: Bool {
        switch self {
        case .process, .client, .upstream, .webSocket, .inspection, .resource: true
        case .matchedRule: false
        }
    }
}
