// The argument of proxy_pass: `http://HOST[:PORT][URI]`, each part with variables or without.

internal import RuleStore

/// A `proxy_pass`, cut into its parts.
struct ProxyPassValue: Equatable {
    /// Host and port.
    var authority: TemplateText
    /// nil when there is no URI part.
    var uri: TemplateText?

    var hasVariables: Bool { authority.hasVariables || uri?.hasVariables == true }

    static func parse(_ text: String) -> Result<ProxyPassValue, ConfigurationError.Reason> {
        let directive = DirectiveName.proxyPass.spelling
        let lower = text.lowercased()
        if lower.hasPrefix("https://") {
            return .failure(
                .refused(directive: directive, why: "\"https://\" is not supported, expected \"http://\""))
        }
        guard lower.hasPrefix("http://") else {
            let why = "a URL that starts with \"http://\""
            return .failure(.badValue(directive: directive, expected: why, found: text))
        }
        let template: TemplateText
        switch TemplateParser.parse(String(text.dropFirst(7))) {
        case .success(let parsed): template = parsed
        case .failure(let reason): return .failure(reason)
        }
        let value = split(template)
        if value.authority.parts.isEmpty {
            return .failure(
                .badValue(directive: directive, expected: "a host behind \"http://\"", found: text))
        }
        return .success(value)
    }

    /// The URI starts at the first slash, or at a variable that itself starts with one.
    private static func split(_ template: TemplateText) -> ProxyPassValue {
        var authority: [TemplateText.Part] = []
        for (index, part) in template.parts.enumerated() {
            switch part {
            case .variable(.requestURI), .variable(.uri):
                return ProxyPassValue(
                    authority: TemplateText(parts: authority),
                    uri: TemplateText(parts: Array(template.parts[index...])))
            case .variable: authority.append(part)
            case .literal(let text):
                guard let slash = uriStart(text, isFirst: index == 0) else {
                    authority.append(part)
                    continue
                }
                if slash > text.startIndex { authority.append(.literal(String(text[..<slash]))) }
                var uri = Array(template.parts[(index + 1)...])
                let rest = text[slash...]
                // The colon behind a socket's path is no part of the URI.
                let path = rest.hasPrefix(":") ? rest.dropFirst() : rest
                if !path.isEmpty { uri.insert(.literal(String(path)), at: 0) }
                return ProxyPassValue(
                    authority: TemplateText(parts: authority),
                    uri: uri.isEmpty ? nil : TemplateText(parts: uri))
            }
        }
        return ProxyPassValue(authority: template, uri: nil)
    }

    /// A socket's path has slashes of its own and ends at a colon.
    private static func uriStart(_ text: String, isFirst: Bool) -> String.Index? {
        guard isFirst, text.hasPrefix("unix:") else { return text.firstIndex(of: "/") }
        return text.dropFirst(5).firstIndex(of: ":")
    }
}
