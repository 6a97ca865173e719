// Addresses of sockets: IPv4, IPv6 and unix.

internal import CLinux
internal import Glibc

/// A numeric socket address, as the kernel takes and gives it.
package struct SocketAddress: Equatable, Hashable, Sendable {
    package enum Family: Equatable, Hashable, Sendable { case ipv4, ipv6, unix }

    package let family: Family
    /// sockaddr_in, sockaddr_in6 or sockaddr_un.
    private let bytes: [UInt8]

    /// Reads `127.0.0.1`, `::1` (no brackets, no scope) or `unix:/path`.
    ///
    /// - Returns: nil when the text is neither, or the path is too long for the kernel.
    package init?(host: String, port: UInt16) {
        if host.hasPrefix("unix:") {
            guard let bytes = Self.unixBytes(path: Array(host.utf8.dropFirst(5))) else { return nil }
            family = .unix
            self.bytes = bytes
            return
        }
        var v4 = sockaddr_in()
        if unsafe inet_pton(AF_INET, host, &v4.sin_addr) == 1 {
            v4.sin_family = sa_family_t(AF_INET)
            v4.sin_port = port.bigEndian
            family = .ipv4
            bytes = unsafe withUnsafeBytes(of: v4) { unsafe Array($0) }
            return
        }
        var v6 = sockaddr_in6()
        if unsafe inet_pton(AF_INET6, host, &v6.sin6_addr) == 1 {
            v6.sin6_family = sa_family_t(AF_INET6)
            v6.sin6_port = port.bigEndian
            family = .ipv6
            bytes = unsafe withUnsafeBytes(of: v6) { unsafe Array($0) }
            return
        }
        return nil
    }

    /// Reads `127.0.0.1:80`, `[::1]:80`, an address without port, or `unix:/path`.
    package init?(authority text: String, defaultPort: UInt16) {
        if text.hasPrefix("unix:") || text.filter({ $0 == ":" }).count > 1 && !text.hasPrefix("[") {
            self.init(host: text, port: defaultPort)
            return
        }
        var host = Substring(text)
        var port = defaultPort
        if let colon = text.lastIndex(of: ":"), text.last != "]" {
            guard let number = UInt16(text[text.index(after: colon)...]) else { return nil }
            host = text[..<colon]
            port = number
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        self.init(host: String(host), port: port)
    }

    /// Takes over what accept(2) or getsockname(2) wrote.
    @unsafe package init?(_ storage: UnsafeRawBufferPointer) {
        guard storage.count >= 2 else { return nil }
        switch Int32(unsafe storage.loadUnaligned(as: sa_family_t.self)) {
        case AF_INET where storage.count >= MemoryLayout<sockaddr_in>.size: family = .ipv4
        case AF_INET6 where storage.count >= MemoryLayout<sockaddr_in6>.size: family = .ipv6
        case AF_UNIX: family = .unix
        default: return nil
        }
        bytes = unsafe Array(storage)
    }

    /// Address family as socket(2) takes it.
    package var domain: Int32 {
        switch family {
        case .ipv4: AF_INET
        case .ipv6: AF_INET6
        case .unix: AF_UNIX
        }
    }

    /// The address without port: `127.0.0.1`, `::1`, `unix:`.
    package var hostText: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        // The address lies behind family and port (IPv4), and behind the flow label too (IPv6).
        let offset = family == .ipv4 ? 4 : 8
        guard family != .unix else { return "unix:" }
        let written = unsafe bytes.withUnsafeBytes { source in
            unsafe inet_ntop(domain, source.baseAddress! + offset, &text, socklen_t(text.count)) != nil
        }
        guard written else { return "" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// 0 for unix sockets.
    /// `192.0.2.1:80`, `[2001:db8::1]:80`, `unix:`
    package var authorityText: String {
        let host = hostText
        if host.hasPrefix("unix:") { return host }
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    package var port: UInt16 {
        family == .unix ? 0 : UInt16(bytes[2]) << 8 | UInt16(bytes[3])
    }

    /// For bind(2) and connect(2).
    @unsafe func withSockaddr<R>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
        unsafe bytes.withUnsafeBytes { source in
            // SAFETY: `bytes` holds a whole address of its family.
            unsafe body(source.baseAddress!.assumingMemoryBound(to: sockaddr.self), socklen_t(source.count))
        }
    }

    private static func unixBytes(path: [UInt8]) -> [UInt8]? {
        let offset = MemoryLayout<sa_family_t>.size
        // One byte is left for the NUL that ends the path (unix(7)).
        guard !path.isEmpty, path.count < MemoryLayout<sockaddr_un>.size - offset else { return nil }
        let family = unsafe withUnsafeBytes(of: sa_family_t(AF_UNIX)) { unsafe Array($0) }
        return family + path + [0]
    }
}
