// proxy_pass: where a location's requests go (nginx.org, ngx_http_proxy_module).

internal import RuleStore

extension PolicyBuilder {
    /// nil without `proxy_pass`, and for one that is wrong, which is reported.
    mutating func proxyTarget(of location: Directive, _ match: LocationValue) -> ProxyTarget? {
        guard let directive = location.block.first(where: { $0.name == .proxyPass }) else { return nil }
        let word = directive.arguments[0]
        switch ProxyPassValue.parse(word.text) {
        case .failure(let reason):
            diagnostics.report(word.location, reason)
            return nil
        case .success(let value):
            guard isPrintable(value, word) else { return nil }
            guard let (destination, hostText) = destination(of: value, word) else { return nil }
            guard let uri = value.uri else {
                return ProxyTarget(destination: destination, hostText: hostText)
            }
            if value.hasVariables {
                return ProxyTarget(destination: destination, hostText: hostText, uri: uri)
            }
            guard match.modifier != .pattern, match.modifier != .caselessPattern else {
                let why =
                    "a URI part is not possible in a location given by a pattern, unless it has variables"
                diagnostics.report(word.location, .refused(directive: directive.spelling, why: why))
                return nil
            }
            return ProxyTarget(
                destination: destination, hostText: hostText, uri: uri,
                replacedPrefixBytes: match.path.utf8.count)
        }
    }

    /// A blank or control would end the request line that is sent, or add a field to it.
    private mutating func isPrintable(_ value: ProxyPassValue, _ word: Word) -> Bool {
        for case .literal(let text) in value.authority.parts + (value.uri?.parts ?? []) {
            guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }) else {
                refuse(word, expected: "a URL without blanks, controls, \"#\" and bytes above ASCII")
                return false
            }
        }
        return true
    }

    private mutating func destination(
        of value: ProxyPassValue, _ word: Word
    ) -> (ProxyTarget.Destination, TemplateText)? {
        if value.authority.hasVariables { return (.variable(value.authority), value.authority) }
        let text = value.authority.parts.reduce(into: "") { text, part in
            if case .literal(let literal) = part { text += literal }
        }
        guard let target = HostAndPort(text) else {
            refuse(word, expected: "http://HOST[:PORT][URI]")
            return nil
        }
        if case .name(let name) = target.host, let block = upstreams.block(named: name) {
            guard target.port == nil else {
                let why = "upstream \"\(name)\" has ports of its own, expected none"
                diagnostics.report(
                    word.location, .refused(directive: DirectiveName.proxyPass.spelling, why: why))
                return nil
            }
            return (.upstream(block), TemplateText(literal: target.hostText))
        }
        guard let index = upstreams.implicit(target, at: word.location, context, &diagnostics) else {
            return nil
        }
        let port = target.port.map { $0 == 80 ? "" : ":\($0)" } ?? ""
        return (.upstream(index), TemplateText(literal: target.hostText + port))
    }

    private mutating func refuse(_ word: Word, expected: String) {
        let directive = DirectiveName.proxyPass.spelling
        diagnostics.report(
            word.location, .badValue(directive: directive, expected: expected, found: word.text))
    }
}
