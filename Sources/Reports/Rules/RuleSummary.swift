// One rule in a list.

/// A rule that stands alone, or a whole chain.
package struct RuleSummary: Codable, Equatable, Sendable {
    package var id: UInt32
    /// 1 to 5.
    package var phase: Int
    package var file: String
    package var line: Int
    /// `CRITICAL`; nil when not given.
    package var severity: String?
    /// As written, with its macros.
    package var message: String
    package var tags: [String]
    /// Rules of the chain.
    package var links: Int

    package init(
        id: UInt32, phase: Int, file: String, line: Int, severity: String?, message: String, tags: [String],
        links: Int
    ) {
        self.id = id
        self.phase = phase
        self.file = file
        self.line = line
        self.severity = severity
        self.message = message
        self.tags = tags
        self.links = links
    }

    package var json: JSONValue {
        .object([
            ("id", .integer(Int(id))), ("phase", .integer(phase)), ("file", .string(file)),
            ("line", .integer(line)), ("severity", .optional(severity)),
            ("message", .string(message)), ("tags", .strings(tags)), ("links", .integer(links)),
        ])
    }
}
