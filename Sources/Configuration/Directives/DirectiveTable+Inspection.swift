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
    ]
}
