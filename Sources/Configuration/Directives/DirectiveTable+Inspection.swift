// Directives that say what is inspected.

extension DirectiveTable {
    private static let scopes: [DirectiveContext] = [.http, .server, .location]

    static let inspectionRows: [DirectiveDefinition] = [
        DirectiveDefinition(
            .waf, in: scopes, .choice(["on", "detect", "off"]), default: "on where rules are set, else off",
            "inspects requests and answers; detect: logs what would be blocked and passes it"),
        DirectiveDefinition(
            .wafRulesFile, in: scopes, isRepeatable: true, .text("FILE | PATTERN | off"),
            "files of SecLang rules, after those of the enclosing block; off: without those"),
        DirectiveDefinition(
            .wafRequestCoding, in: scopes, .choice(["inspect", "refuse"]), default: "inspect",
            "request bodies under Content-Encoding: decoded and inspected, or answered 415"),
        DirectiveDefinition(
            .wafAuditLog, in: scopes, .text("FILE | off"), default: "SecAuditLog of the rules",
            "file of audit entries, one JSON object a line; SecAuditEngine says of which requests"),
        DirectiveDefinition(
            .wafResponseHold, in: scopes, .time(0...longestMilliseconds), default: "1s",
            "how long an answer is held for inspection before it is streamed"),
        DirectiveDefinition(
            .wafWebSocket, in: scopes, .choice(["on", "detect", "off"]), default: "as waf",
            "inspects WebSocket messages; off: a blind tunnel"),
        DirectiveDefinition(
            .wafWebSocketMaxMessage, in: scopes, .size(webSocketSizes), default: "1m",
            "longest WebSocket message, inflated; a longer one ends the connection with 1009"),
        DirectiveDefinition(
            .wafWebSocketMaxFrame, in: scopes, .size(webSocketSizes), default: "waf_websocket_max_message",
            "longest WebSocket frame, as sent; a longer one ends the connection with 1009"),
        DirectiveDefinition(
            .wafWebSocketTypes, in: scopes, .choice(["text", "binary", "both"]), default: "both",
            "kinds of WebSocket messages that are let through; others end the connection with 1003"),
        DirectiveDefinition(
            .wafWebSocketDeflate, in: scopes, .choice(["inspect", "strip"]), default: "inspect",
            "compressed WebSocket messages: inflated and inspected, or never negotiated"),
    ]
}
