// The text of a log_format: `$remote_addr [$time_local] "$request" $status`.

internal import RuleStore

enum LogFormatParser {
    static func parse(_ text: String) -> Result<[LogFormat.Part], TemplateParser.Fault> {
        var parts: [LogFormat.Part] = []
        let fault = TemplateParser.split(text) { piece in
            switch piece {
            case .literal(let literal):
                // A line is one line.
                guard !literal.utf8.contains(0x0A) else {
                    return .badValue(directive: "log_format", expected: "text without line feeds", found: text)
                }
                parts.append(.literal(literal))
            case .name(let name):
                guard let variable = LogVariable(nginxName: name) else {
                    let known = Array(LogVariable.knownNames.keys) + TemplateVariable.fixedNames.keys
                    return TemplateParser.unknown(name, among: known.sorted())
                }
                parts.append(.variable(variable))
            }
            return nil
        }
        if let fault { return .failure(fault) }
        return .success(parts)
    }
}

extension LogVariable {
    static let knownNames: [String: KnownLogVariable] = [
        "status": .status, "bytes_sent": .bytesSent, "body_bytes_sent": .bodyBytesSent, "request": .request,
        "request_length": .requestLength, "request_time": .requestTime, "time_local": .timeLocal,
        "time_iso8601": .timeISO8601, "msec": .milliseconds, "remote_user": .remoteUser,
        "upstream_addr": .upstreamAddress, "upstream_status": .upstreamStatus,
        "upstream_response_time": .upstreamResponseTime, "connection": .connection,
        "connection_requests": .connectionRequests, "waf_verdict": .wafVerdict, "waf_rule_id": .wafRuleID,
    ]

    /// - Parameter name: Without the dollar; case does not count, as in nginx.
    init?(nginxName name: String) {
        let lower = name.lowercased()
        if let known = Self.knownNames[lower] {
            self = .known(known)
        } else if lower.hasPrefix("sent_http_"), lower.utf8.count > 10 {
            self = .sentField(String(lower.dropFirst(10).map { $0 == "_" ? "-" : $0 }))
        } else if let variable = TemplateVariable(nginxName: name) {
            self = .template(variable)
        } else {
            return nil
        }
    }
}
