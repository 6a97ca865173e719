// Host names to addresses: getaddrinfo(3). For the master only: a look-up may wait for seconds.

internal import CLinux
internal import Glibc

package enum NameResolver {
    /// Numeric addresses of a name, IPv4 and IPv6, in the resolver's order and each once.
    ///
    /// - Returns: nil when the name is unknown or can not be looked up now.
    package static func addresses(of name: String) -> [String]? {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(name, nil, &hints, &list) == 0 else { return nil }
        defer { unsafe freeaddrinfo(list) }
        var found: [String] = []
        var entry = unsafe list
        while let current = unsafe entry {
            // SAFETY: the list and its addresses live until freeaddrinfo; each has its length.
            let bytes = unsafe UnsafeRawBufferPointer(
                start: current.pointee.ai_addr, count: Int(current.pointee.ai_addrlen))
            if let address = unsafe SocketAddress(bytes), !found.contains(address.hostText) {
                found.append(address.hostText)
            }
            unsafe entry = current.pointee.ai_next
        }
        return found.isEmpty ? nil : found
    }
}
