// The fields that a gateway itself asks for on every message, so that a lookup is a bit test.

package import Bytes

/// A field with a place of its own in the index of ``HeaderFields``.
///
/// All other fields are found by name. The raw value is the bit in ``KnownFieldSet``.
package enum KnownField: UInt8, CaseIterable, Sendable {
    case accept, acceptEncoding, authorization, connection, contentEncoding, contentLength
    case contentType, cookie, date, expect, forwarded, host, http2Settings, keepAlive, location
    case origin, proxyAuthenticate, proxyAuthorization, proxyConnection, referer
    case secWebSocketAccept, secWebSocketExtensions, secWebSocketKey, secWebSocketProtocol
    case secWebSocketVersion, server, setCookie, te, trailer, transferEncoding, upgrade, userAgent
    case via, wafLevel, xForwardedFor, xForwardedHost, xForwardedPort, xForwardedProto, xRealIP
    case xRequestID

    /// The name as it is usually written.
    package var wireName: StaticString {
        switch self {
        case .accept: "Accept"
        case .acceptEncoding: "Accept-Encoding"
        case .authorization: "Authorization"
        case .connection: "Connection"
        case .contentEncoding: "Content-Encoding"
        case .contentLength: "Content-Length"
        case .contentType: "Content-Type"
        case .cookie: "Cookie"
        case .date: "Date"
        case .expect: "Expect"
        case .forwarded: "Forwarded"
        case .host: "Host"
        case .http2Settings: "HTTP2-Settings"
        case .keepAlive: "Keep-Alive"
        case .location: "Location"
        case .origin: "Origin"
        case .proxyAuthenticate: "Proxy-Authenticate"
        case .proxyAuthorization: "Proxy-Authorization"
        case .proxyConnection: "Proxy-Connection"
        case .referer: "Referer"
        case .secWebSocketAccept: "Sec-WebSocket-Accept"
        case .secWebSocketExtensions: "Sec-WebSocket-Extensions"
        case .secWebSocketKey: "Sec-WebSocket-Key"
        case .secWebSocketProtocol: "Sec-WebSocket-Protocol"
        case .secWebSocketVersion: "Sec-WebSocket-Version"
        case .server: "Server"
        case .setCookie: "Set-Cookie"
        case .te: "TE"
        case .trailer: "Trailer"
        case .transferEncoding: "Transfer-Encoding"
        case .upgrade: "Upgrade"
        case .userAgent: "User-Agent"
        case .via: "Via"
        case .wafLevel: "X-WAF-Level"
        case .xForwardedFor: "X-Forwarded-For"
        case .xForwardedHost: "X-Forwarded-Host"
        case .xForwardedPort: "X-Forwarded-Port"
        case .xForwardedProto: "X-Forwarded-Proto"
        case .xRealIP: "X-Real-IP"
        case .xRequestID: "X-Request-ID"
        }
    }

    /// The field that `name` names, without regard to case; nil when it has no place of its own.
    package static func identify(_ name: ByteView) -> KnownField? {
        guard let candidate = candidate(for: name),
            name.equalsIgnoringASCIICase(candidate.wireName)
        else { return nil }
        return candidate
    }

    /// Length and first letter leave at most one field (two of 16 bytes share theirs).
    private static func candidate(for name: ByteView) -> KnownField? {
        guard !name.isEmpty else { return nil }
        let letter = ASCII.lowercased(name[0])
        return switch name.count {
        case 2: .te
        case 3: .via
        case 4: letter == ASCII.byte("h") ? .host : .date
        case 6: ofSixBytes(letter)
        case 7: ofSevenBytes(letter)
        case 8: .location
        case 9: letter == ASCII.byte("x") ? .xRealIP : .forwarded
        case 10: ofTenBytes(letter)
        case 11: .wafLevel
        case 12: letter == ASCII.byte("c") ? .contentType : .xRequestID
        case 13: .authorization
        case 14: letter == ASCII.byte("c") ? .contentLength : .http2Settings
        case 15: letter == ASCII.byte("a") ? .acceptEncoding : .xForwardedFor
        case 16: ofSixteenBytes(letter, ASCII.lowercased(name[12]))
        case 17: ofSeventeenBytes(letter)
        case 18: .proxyAuthenticate
        case 19: .proxyAuthorization
        case 20: .secWebSocketAccept
        case 21: .secWebSocketVersion
        case 22: .secWebSocketProtocol
        case 24: .secWebSocketExtensions
        default: nil
        }
    }

    private static func ofSixBytes(_ letter: UInt8) -> KnownField? {
        switch letter {
        case ASCII.byte("a"): .accept
        case ASCII.byte("c"): .cookie
        case ASCII.byte("e"): .expect
        case ASCII.byte("o"): .origin
        case ASCII.byte("s"): .server
        default: nil
        }
    }

    private static func ofSevenBytes(_ letter: UInt8) -> KnownField? {
        switch letter {
        case ASCII.byte("r"): .referer
        case ASCII.byte("t"): .trailer
        case ASCII.byte("u"): .upgrade
        default: nil
        }
    }

    private static func ofTenBytes(_ letter: UInt8) -> KnownField? {
        switch letter {
        case ASCII.byte("c"): .connection
        case ASCII.byte("k"): .keepAlive
        case ASCII.byte("s"): .setCookie
        case ASCII.byte("u"): .userAgent
        default: nil
        }
    }

    private static func ofSixteenBytes(_ letter: UInt8, _ thirteenth: UInt8) -> KnownField? {
        switch letter {
        case ASCII.byte("c"): .contentEncoding
        case ASCII.byte("p"): .proxyConnection
        case ASCII.byte("x"): thirteenth == ASCII.byte("h") ? .xForwardedHost : .xForwardedPort
        default: nil
        }
    }

    private static func ofSeventeenBytes(_ letter: UInt8) -> KnownField? {
        switch letter {
        case ASCII.byte("s"): .secWebSocketKey
        case ASCII.byte("t"): .transferEncoding
        case ASCII.byte("x"): .xForwardedProto
        default: nil
        }
    }
}
