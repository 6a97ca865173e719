// Text with variables: `http://$host/$arg_id`, `${name}s`.

internal import RuleStore

/// Splits text into literals and variables.
enum TemplateParser {
    /// What is wrong with a text.
    typealias Fault = ConfigurationError.Reason

    static func parse(_ text: String) -> Result<TemplateText, Fault> {
        var parts: [TemplateText.Part] = []
        let fault = split(text) { piece in
            switch piece {
            case .literal(let literal): parts.append(.literal(literal))
            case .name(let name):
                guard let variable = TemplateVariable(nginxName: name) else {
                    return unknown(name, among: TemplateVariable.fixedNames.keys.sorted())
                }
                parts.append(.variable(variable))
            }
            return nil
        }
        if let fault { return .failure(fault) }
        return .success(TemplateText(parts: parts))
    }

    enum Piece {
        case literal(String)
        /// Behind a dollar.
        case name(String)
    }

    /// Gives the pieces of a text to `take`, until that finds a fault.
    static func split(_ text: String, _ take: (Piece) -> Fault?) -> Fault? {
        var literal = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            literal += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            guard let name = takeName(&rest) else { return .badVariable(text: text) }
            if !literal.isEmpty, let fault = take(.literal(literal)) { return fault }
            literal = ""
            if let fault = take(.name(name)) { return fault }
        }
        literal += rest
        return literal.isEmpty ? nil : take(.literal(literal))
    }

    static func unknown(_ name: String, among known: [String]) -> Fault {
        .unknownVariable(name, closest: EditDistance.nearest(to: name, in: known))
    }

    /// The name behind a `$`; nil when none stands there.
    private static func takeName(_ rest: inout Substring) -> String? {
        let isBraced = rest.first == "{"
        if isBraced { rest = rest.dropFirst() }
        let name = rest.utf8.prefix { $0 &- 0x30 < 10 || ($0 | 0x20) &- 0x61 < 26 || $0 == 0x5F }
        guard !name.isEmpty else { return nil }
        let text = String(Substring(name))
        rest = rest[name.endIndex...]
        if isBraced {
            guard rest.first == "}" else { return nil }
            rest = rest.dropFirst()
        }
        return text
    }
}

extension TemplateVariable {
    /// Variables that have one name; nginx's aliases included.
    static let fixedNames: [String: TemplateVariable] = [
        "request_uri": .requestURI, "uri": .uri, "document_uri": .uri,
        "args": .args, "query_string": .args, "is_args": .isArgs,
        "request_method": .requestMethod, "server_protocol": .serverProtocol, "request_id": .requestID,
        "remote_addr": .remoteAddress, "remote_port": .remotePort,
        "server_addr": .serverAddress, "server_port": .serverPort, "server_name": .serverName,
        "scheme": .scheme, "host": .host,
        "proxy_host": .proxyHost, "proxy_port": .proxyPort,
        "proxy_add_x_forwarded_for": .proxyAddXForwardedFor,
    ]

    /// - Parameter name: Without the dollar; case does not count, as in nginx.
    init?(nginxName name: String) {
        let lower = name.lowercased()
        if let fixed = Self.fixedNames[lower] {
            self = fixed
        } else if lower.hasPrefix("http_"), lower.utf8.count > 5 {
            self = .requestField(String(lower.dropFirst(5).map { $0 == "_" ? "-" : $0 }))
        } else if lower.hasPrefix("arg_"), lower.utf8.count > 4 {
            self = .argument(String(name.dropFirst(4)))
        } else if lower.hasPrefix("cookie_"), lower.utf8.count > 7 {
            self = .cookie(String(name.dropFirst(7)))
        } else {
            return nil
        }
    }
}
