// Directives that say where requests go.

extension DirectiveTable {
    static let proxyRows: [DirectiveDefinition] = [
        DirectiveDefinition(
            .proxyPass, in: [.location], .text("http://HOST[:PORT][URI]"),
            "where requests are sent: an upstream, a host or an address; a URI replaces the location's prefix"
        ),
        DirectiveDefinition(
            .proxySetHeader, in: [.http, .server, .location], arguments: 2...2, isRepeatable: true,
            .text("NAME VALUE"), default: "Host $proxy_host",
            "sets a field of the request sent on; empty: takes it away; inherited only where none is set"),
        DirectiveDefinition(
            .proxyConnectTimeout, in: [.http, .server, .location], timeout, default: "60s",
            "time to connect to an upstream server"),
        DirectiveDefinition(
            .proxyReadTimeout, in: [.http, .server, .location], timeout, default: "60s",
            "time between two reads of an upstream's answer, and of a WebSocket in either direction"),
        DirectiveDefinition(
            .proxySendTimeout, in: [.http, .server, .location], timeout, default: "60s",
            "time between two writes to an upstream server"),
        DirectiveDefinition(
            .proxyHTTPVersion, in: [.http, .server, .location], .choice(["1.1"]), default: "1.1",
            "version spoken to upstream servers"),
        DirectiveDefinition(
            .upstream, in: [.http], block: .upstream, arguments: 1...1, isRepeatable: true, .text("NAME"),
            "a group of servers that proxy_pass names"),
        DirectiveDefinition(
            .upstreamServer, in: [.upstream], arguments: 1...(.max), isRepeatable: true,
            .text("ADDRESS[:PORT] | unix:PATH [weight=N] [max_fails=N] [fail_timeout=TIME] [backup] [down]"),
            default: "weight=1 max_fails=1 fail_timeout=10s", "a server of the group; port 80 unless given"),
        DirectiveDefinition(
            .keepalive, in: [.upstream], .number(0...65_536), default: "32",
            "idle connections to the group that each worker keeps; 0: none"),
    ]
}
