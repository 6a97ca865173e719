// Everything that the store knows of one rule.

/// A rule that stands alone, or a whole chain, as it was compiled.
package struct RuleDescription: Codable, Equatable, Sendable {
    /// A list of rules that holds it.
    package struct PlanPlace: Codable, Equatable, Sendable {
        /// `phase 2`, `messages from the client`
        package var plan: String
        /// From 1.
        package var place: Int
        package var count: Int
        /// Where a match leads when that is not the next place: a rule's id, or 0 for the plan's end.
        package var skipsTo: UInt32?
        /// nil: the rule is tried on every value of its variables as they are when its turn comes.
        package var gate: GateDescription?
    }

    package var id: UInt32
    /// 1 to 5.
    package var phase: Int
    package var file: String
    package var line: Int
    package var message: String
    package var logData: String
    package var tags: [String]
    package var severity: String?
    package var version: String
    package var revision: String
    /// 0 when not given.
    package var accuracy: Int
    package var maturity: Int
    /// `deny`, `pass`, ...: what `block` stood for has been worked out.
    package var disruption: String
    /// Of a denial or redirection.
    package var status: Int?
    /// Where a redirection leads.
    package var location: String?
    package var logs: Bool
    package var auditLogs: Bool
    package var plans: [PlanPlace]
    package var links: [LinkDescription]

    package var json: JSONValue {
        .object([
            ("id", .integer(Int(id))), ("phase", .integer(phase)), ("file", .string(file)),
            ("line", .integer(line)), ("message", .string(message)), ("log_data", .string(logData)),
            ("tags", .strings(tags)), ("severity", .optional(severity)),
            ("version", .string(version)), ("revision", .string(revision)),
            ("accuracy", .integer(accuracy)), ("maturity", .integer(maturity)),
            ("disruption", .string(disruption)), ("status", .optional(status)),
            ("location", .optional(location)), ("logs", .boolean(logs)),
            ("audit_logs", .boolean(auditLogs)), ("plans", .array(plans.map(\.json))),
            ("links", .array(links.map(\.json))),
        ])
    }
}

extension RuleDescription.PlanPlace {
    var json: JSONValue {
        .object([
            ("plan", .string(plan)), ("place", .integer(place)), ("count", .integer(count)),
            ("skips_to", skipsTo.map { .integer(Int($0)) } ?? .null), ("gate", gate?.json ?? .null),
        ])
    }
}
