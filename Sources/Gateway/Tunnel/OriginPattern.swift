// `waf_websocket_origins`: which pages may open a WebSocket (RFC 6454 section 6, RFC 6455 section 10.2).

internal import Bytes

/// One origin of the list, in parts.
struct OriginPattern: Equatable {
    /// nil: any.
    private let scheme: ByteText?
    /// In lower case, without the `*` of a wildcard: `.example.com`.
    private let host: ByteText
    private let isWildcard: Bool
    /// nil: any where no scheme is named, else the scheme's own, which browsers leave out.
    private let port: ByteText?

    static func == (left: OriginPattern, right: OriginPattern) -> Bool {
        left.scheme?.view == right.scheme?.view && left.host.view == right.host.view
            && left.isWildcard == right.isWildcard && left.port?.view == right.port?.view
    }

    /// - Parameter text: `[SCHEME://] [*.] HOST [:PORT]` in lower case, as the configuration checks it.
    init(_ text: String) {
        let all = ByteText(text)
        let parts = Self.parts(of: all.view)
        isWildcard = parts.host.hasPrefix(ByteView("*."))
        scheme = parts.scheme.map { ByteText($0) }
        port = parts.port.map { ByteText($0) }
        host = ByteText(isWildcard ? parts.host[1...] : parts.host)
        // The parts are views of it.
        withExtendedLifetime(all) {}
    }

    /// Whether an Origin field names this origin. A list of several origins is none.
    func matches(_ origin: ByteView) -> Bool {
        let found = Self.parts(of: origin)
        if let scheme {
            guard let other = found.scheme, other.equalsIgnoringASCIICase(scheme.view) else { return false }
        }
        switch (port, found.port) {
        case (let port?, let other): guard let other, port.view == other else { return false }
        case (nil, _?): guard scheme == nil else { return false }
        case (nil, nil): break
        }
        guard isWildcard else { return found.host.equalsIgnoringASCIICase(host.view) }
        return found.host.count > host.count
            && found.host[(found.host.count - host.count)...].equalsIgnoringASCIICase(host.view)
    }

    private static func parts(of text: ByteView) -> (scheme: ByteView?, host: ByteView, port: ByteView?) {
        var rest = text
        var scheme: ByteView?
        if let separator = rest.firstRange(of: ByteView("://")) {
            scheme = rest[..<separator.lowerBound]
            rest = rest[separator.upperBound...]
        }
        // The colons of an IPv6 address stand in brackets.
        let bracket = rest.lastIndex(of: ASCII.byte("]")) ?? 0
        guard let colon = rest.lastIndex(of: ASCII.byte(":")), colon >= bracket, colon > 0 else {
            return (scheme, rest, nil)
        }
        return (scheme, rest[..<colon], rest[(colon + 1)...])
    }
}
