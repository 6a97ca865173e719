// Directives that say what is inspected of WebSockets, and what they may carry.

extension DirectiveTable {
    private static let scopes: [DirectiveContext] = [.http, .server, .location]

    static let webSocketRows: [DirectiveDefinition] = [
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
    ] + messageRows

    /// How messages are read, and the positive rules.
    private static let messageRows: [DirectiveDefinition] = [
        DirectiveDefinition(
            .wafWebSocketAction, in: scopes, .choice(["close", "drop", "log"]), default: "close",
            "a message that a rule denies: ends the connection with 1008, is taken out, or is only logged"),
        DirectiveDefinition(
            .wafWebSocketProtocol, in: scopes,
            .choice(["auto", "text", "json", "jsonrpc", "graphql", "socketio", "stomp", "signalr"]),
            default: "auto",
            "how messages are read for inspection; auto: by the subprotocol, else by what they look like"),
        DirectiveDefinition(
            .wafWebSocketMalformed, in: scopes, .choice(["close", "inspect"]), default: "close",
            "a message that the declared protocol can not read: ends the connection with 1007, or is read as text"
        ),
        DirectiveDefinition(
            .wafWebSocketOrigins, in: scopes, arguments: 1...64, .text("ORIGIN ... | none | any"),
            default: "any",
            "origins that may open a WebSocket, such as https://example.com, example.com or *.example.com"),
        DirectiveDefinition(
            .wafWebSocketSubprotocols, in: scopes, arguments: 1...64, .text("NAME ... | none | any"),
            default: "any", "subprotocols that may be agreed on; others are taken out of the offer"),
        DirectiveDefinition(
            .wafWebSocketRate, in: scopes, .text("N/s | off"), default: "off",
            "messages that a client may send per second and connection; more end it with 1008"),
        DirectiveDefinition(
            .wafWebSocketByteRate, in: scopes, .text("SIZE/s | off"), default: "off",
            "bytes of messages, inflated, that a client may send per second; more end the connection with 1008"),
        DirectiveDefinition(
            .wafWebSocketMaxFragments, in: scopes, .number(1...(1 << 20)), default: "131072",
            "frames of one WebSocket message; more end the connection with 1009"),
        DirectiveDefinition(
            .wafWebSocketIdleTimeout, in: scopes, .time(1...longestMilliseconds), default: "proxy_read_timeout",
            "a WebSocket without traffic for so long is ended with 1001"),
        DirectiveDefinition(
            .wafWebSocketSchema, in: scopes, .text("FILE | off"), default: "off",
            "JSON Schema (2020-12) of what clients send; other messages end the connection with 1008"),
        DirectiveDefinition(
            .wafWebSocketMemory, in: [.http], .size((1 << 20)...(1 << 40)), default: "64m",
            "memory of a worker for messages that wait for their end; past it the largest ends with 1009"),
    ]
}
