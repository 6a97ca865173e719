// What an entry does not show in full.

internal import Bytes

struct AuditCuts: OptionSet {
    var rawValue: UInt8

    static let uri = AuditCuts(rawValue: 1)
    static let requestBody = AuditCuts(rawValue: 2)
    static let requestHeaders = AuditCuts(rawValue: 4)
    static let responseBody = AuditCuts(rawValue: 8)
    static let responseHeaders = AuditCuts(rawValue: 16)
    static let files = AuditCuts(rawValue: 32)
    static let messages = AuditCuts(rawValue: 64)
    static let matchedRules = AuditCuts(rawValue: 128)

    private static var names: [(AuditCuts, StaticString)] {
        [
            (.uri, "request.uri"), (.requestBody, "request.body"), (.requestHeaders, "request.headers"),
            (.responseBody, "response.body"), (.responseHeaders, "response.headers"), (.files, "uploads"),
            (.messages, "messages"), (.matchedRules, "matched_rules"),
        ]
    }

    /// The member `truncated`, left out where nothing was cut.
    func append(to json: inout JSONWriter) {
        guard !isEmpty else { return }
        json.name("truncated")
        json.beginArray()
        for (cut, name) in Self.names where contains(cut) { json.string(name) }
        json.endArray()
    }
}
