// Directives about remote inspection: asking a target, and being one.

extension DirectiveTable {
    private static let scopes: [DirectiveContext] = [.http, .server, .location]

    static let targetRows: [DirectiveDefinition] = [
        DirectiveDefinition(
            .wafTarget, in: scopes, .text("URI | off"), default: "off",
            "location of the same server that is asked about each request by a copy of it"),
        DirectiveDefinition(
            .wafTargetTimeout, in: scopes, .time(1...longestMilliseconds), default: "1s",
            "how long a request waits for its verdict"),
        DirectiveDefinition(
            .wafTargetFailure, in: scopes, .choice(["pass", "block"]), default: "pass",
            "what becomes of a request about which nothing is known"),
        DirectiveDefinition(
            .wafTargetMode, in: scopes, .choice(["hold", "async"]), default: "hold",
            "hold: a request waits for its verdict; async: it goes on, and an urgent level stops what follows on its connection"
        ),
        DirectiveDefinition(
            .wafTargetSample, in: scopes, .text("N%"), default: "100%",
            "share of the requests that are asked about"),
        DirectiveDefinition(
            .wafTargetMaxBody, in: scopes, .size(0...(1 << 30)), default: "64k",
            "bytes of a request's body that the copy carries"),
        DirectiveDefinition(
            .wafTargetInFlight, in: scopes, .number(1...1_000_000), default: "1024",
            "inquiries of a location that wait at the same time, in each worker; about more nothing is known"),
        DirectiveDefinition(
            .wafTargetMessages, in: scopes, .choice(["on", "off"]), default: "on",
            "whether the target is asked about each WebSocket message, too"),
        DirectiveDefinition(
            .wafTargetBreaker, in: scopes, arguments: 1...2, .text("N TIME | off"), default: "5 10s",
            "failures in a row after which the target is left alone, and for how long"),
        DirectiveDefinition(
            .wafTargetCache, in: scopes, arguments: 1...2, .text("TIME [KEY] | off"), default: "off",
            "how long a verdict is remembered; KEY: what requests must have in common"),
        DirectiveDefinition(
            .wafInspect, in: scopes, .choice(["on", "off"]), default: "off",
            "answers with the verdict on a request instead of forwarding it: a node of a risk cluster"),
    ]
}
