// `host`, `host:port`, `[address]:port`, `unix:/path`: what listen, server and proxy_pass name.

/// An address as written, not yet resolved.
struct HostAndPort: Equatable {
    enum Host: Equatable {
        /// Canonical, without brackets.
        case address(String)
        /// A host name as written, or the name of an upstream.
        case name(String)
        /// `unix:/path`, whole.
        case socket(String)
    }
    var host: Host
    /// nil when none is written; always nil for a socket.
    var port: UInt16?
    /// The host as written, brackets included.
    var hostText: String

    /// nil for text that is none of these. `*` is not a host here.
    init?(_ text: some StringProtocol) {
        if text.hasPrefix("unix:") {
            let path = text.dropFirst(5)
            guard path.hasPrefix("/"), path.utf8.count <= Self.socketPathBytes, !path.utf8.contains(0) else {
                return nil
            }
            (host, port, hostText) = (.socket(String(text)), nil, "localhost")
            return
        }
        var rest = Substring(text)
        if text.hasPrefix("[") {
            guard let end = rest.firstIndex(of: "]") else { return nil }
            let inner = rest[rest.index(after: rest.startIndex)..<end]
            guard inner.contains(":"), let address = NumericAddress.canonical(inner) else { return nil }
            host = .address(address)
            hostText = String(rest[...end])
            rest = rest[rest.index(after: end)...]
        } else {
            let name = rest.prefix { $0 != ":" }
            rest = rest.dropFirst(name.count)
            hostText = String(name)
            if let address = NumericAddress.canonical(name) {
                host = .address(address)
            } else {
                guard Self.isHostName(name) else { return nil }
                host = .name(String(name))
            }
        }
        port = nil
        guard !rest.isEmpty else { return }
        guard rest.hasPrefix(":"), let port = Self.port(rest.dropFirst()) else { return nil }
        self.port = port
    }

    /// 1 to 65535.
    static func port(_ text: some StringProtocol) -> UInt16? {
        guard let number = DecimalNumber.parse(text), number >= 1 else { return nil }
        return UInt16(exactly: number)
    }

    /// `sun_path` less its zero byte (unix(7)).
    private static let socketPathBytes = 107

    /// Letters, digits, `-`, `_` and `.`; not all digits and dots, which is a mistyped address.
    private static func isHostName(_ name: some StringProtocol) -> Bool {
        guard !name.isEmpty, name.utf8.count <= 253 else { return false }
        var hasLetter = false
        for byte in name.utf8 {
            let isDigitOrDot = byte &- 0x30 < 10 || byte == 0x2E
            let isLetter = (byte | 0x20) &- 0x61 < 26 || byte == 0x2D || byte == 0x5F
            guard isDigitOrDot || isLetter else { return false }
            hasLetter = hasLetter || isLetter
        }
        return hasLetter
    }
}
