// One host for one request: RFC 9112 section 3.2.

internal import Bytes

/// Checks that a request names its host once, validly and without contradiction.
enum HostRule {
    /// A target in absolute form takes precedence over Host by the RFC (section 3.2.2). What
    /// stands behind the gateway may prefer the other one, so the two have to agree.
    ///
    /// CONNECT is the exception: its target is nothing but the authority, which clients often name
    /// beside a Host of the proxy's. Host is made to say the same then, before anybody looks at it.
    static func check(_ head: inout RequestHead) throws(FramingError) {
        guard !head.fields.isRepeated(.host) else { throw .repeatedHost }
        guard let field = head.fields.first(.host) else {
            guard head.version == .http10 else { throw .missingHost }
            return
        }
        // An empty field names no host, which HTTP/1.0 does not need.
        if field.isEmpty {
            guard head.version == .http10, head.targetAuthority == nil else { throw .missingHost }
            return
        }
        guard let host = Authority(field) else { throw .invalidHost }
        guard let text = head.targetAuthority else { return }
        let defaultPort: UInt16 = head.form == .authority || head.targetIsSecure ? 443 : 80
        guard let target = Authority(text), target.matches(host, defaultPort: defaultPort)
        else {
            guard head.form == .authority else { throw .hostContradictsTarget }
            head.setHost(toAuthority: head.authorityRange)
            return
        }
    }
}
