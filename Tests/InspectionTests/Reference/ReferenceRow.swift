// A rule set, a request, and what ModSecurity 2.9.7 behind Apache 2.4 logged for it.

import Testing

/// The items are those of a list of semantics that implementers get wrong; where this engine
/// differs on purpose, there is no row.
struct ReferenceRow: Sendable, CustomTestStringConvertible {
    var name: String
    var rules: [String]
    var method: String
    var target: String
    var fields: [(name: String, value: String)]
    var body: String?
    var status: Int
    /// Rule and message of each line.
    var want: [String]

    var testDescription: String { name }

    init(
        _ name: String, rules: [String], method: String = "GET", target: String,
        fields: [(String, String)] = [], body: String? = nil, status: Int = 200, want: [String]
    ) {
        self.name = name
        self.rules = rules
        self.method = method
        self.target = target
        self.fields = fields.map { (name: $0.0, value: $0.1) }
        self.body = body
        self.status = status
        self.want = want
    }

    var request: TestRequest {
        var request = TestRequest(target)
        request.method = method
        request.headers = [("Host", Array("localhost".utf8)), ("User-Agent", Array("probe".utf8))]
        for field in fields { request.headers.append((field.name, Array(field.value.utf8))) }
        request.body = body.map { Array($0.utf8) }
        return request
    }

    /// What the rows were observed with.
    static let settings = """
        SecRuleEngine On
        SecRequestBodyAccess On
        SecResponseBodyAccess On
        SecResponseBodyMimeType text/plain text/html
        SecArgumentSeparator &
        SecCookieFormat 0

        """
}
