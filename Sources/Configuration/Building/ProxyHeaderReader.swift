// proxy_set_header: fields of the request that is sent on.

internal import Bytes
internal import RuleStore

enum ProxyHeaderReader {
    /// nil for a line that is wrong, and for one that sets what the gateway writes itself.
    static func read(_ directive: Directive, _ diagnostics: inout Diagnostics) -> ProxyHeader? {
        let (name, value) = (directive.arguments[0], directive.arguments[1])
        guard !name.text.isEmpty, name.text.utf8.allSatisfy(ASCII.isToken) else {
            return refuse(directive, name, expected: "a field name", &diagnostics)
        }
        let template: TemplateText
        switch TemplateParser.parse(value.text) {
        case .success(let parsed): template = parsed
        case .failure(let reason):
            diagnostics.report(value.location, reason)
            return nil
        }
        guard value.text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == ASCII.tab }) else {
            return refuse(directive, value, expected: "text without control characters", &diagnostics)
        }
        switch name.text.lowercased() {
        case "content-length", "transfer-encoding":
            // Two opinions on where a body ends are how requests are smuggled (RFC 9112 section 11.2).
            let why = "\"\(name.text)\" is written by the gateway, which frames what it sends"
            diagnostics.report(name.location, .refused(directive: directive.spelling, why: why))
            return nil
        case "connection", "upgrade":
            if !isIdiom(name.text.lowercased(), template) {
                let why = "the gateway itself writes Connection and Upgrade"
                diagnostics.warn(
                    directive.location,
                    .noEffect(directive: "\"\(directive.spelling) \(name.text)\"", why: why))
            }
            return nil
        default: return ProxyHeader(name: name.text, value: template)
        }
    }

    /// nginx's lines for WebSocket and for kept connections, which ask for what is done anyway.
    private static func isIdiom(_ name: String, _ value: TemplateText) -> Bool {
        if name == "upgrade" { return value.parts == [.variable(.requestField("upgrade"))] }
        switch value.parts.first {
        case nil: return true
        case .literal(let text)?: return value.parts.count == 1 && text.lowercased() == "upgrade"
        case .variable(let variable)?:
            return value.parts.count == 1 && variable == .requestField("connection")
        }
    }

    private static func refuse(
        _ directive: Directive, _ word: Word, expected: String, _ diagnostics: inout Diagnostics
    ) -> ProxyHeader? {
        diagnostics.report(
            word.location, .badValue(directive: directive.spelling, expected: expected, found: word.text))
        return nil
    }
}
