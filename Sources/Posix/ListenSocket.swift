// Listening sockets. The master makes them and keeps them for ever, so that connections that
// wait in an accept queue outlive the worker that should have taken them.

internal import CLinux
internal import Glibc

package enum ListenSocket {
    /// Connections that may wait to be accepted; the kernel cuts it to net.core.somaxconn.
    package static let backlog: Int32 = 4_096

    /// A non-blocking, close-on-exec socket that listens on `address`.
    ///
    /// - Parameter sharesPort: Sets SO_REUSEPORT: sockets of the same user on the same address
    ///   share its connections. Not for unix sockets, which have no such thing.
    package static func open(_ address: SocketAddress, sharesPort: Bool) throws(SystemError) -> Descriptor {
        let socket = try bound(address, sharesPort: sharesPort)
        guard listen(socket.number, backlog) == 0 else { throw .last("listen") }
        return socket
    }

    /// Fails with EADDRINUSE when anybody else listens there, whether or not it shares its port.
    ///
    /// A second gateway of the same user could otherwise take half of the connections unnoticed.
    package static func probe(_ address: SocketAddress) throws(SystemError) {
        _ = try bound(address, sharesPort: false)
    }

    /// Whether somebody accepts connections on a unix socket; a path that a dead process left
    /// behind answers false and may be removed.
    package static func isAlive(_ address: SocketAddress) -> Bool {
        let number = socket(address.domain, Int32(SOCK_STREAM.rawValue) | closeOnExec, 0)
        guard number >= 0 else { return false }
        let probe = Descriptor(owning: number)
        let answer = unsafe address.withSockaddr { unsafe connect(probe.number, $0, $1) }
        return answer == 0 || (errno != ECONNREFUSED && errno != ENOENT)
    }

    private static let closeOnExec = Int32(SOCK_CLOEXEC.rawValue)

    private static func bound(_ address: SocketAddress, sharesPort: Bool) throws(SystemError) -> Descriptor {
        let type = Int32(SOCK_STREAM.rawValue) | closeOnExec | Int32(SOCK_NONBLOCK.rawValue)
        let number = socket(address.domain, type, 0)
        guard number >= 0 else { throw .last("socket") }
        let made = Descriptor(owning: number)
        if address.family != .unix {
            // Without it a restart would wait for the last connections' TIME_WAIT.
            try set(made, SOL_SOCKET, SO_REUSEADDR, "SO_REUSEADDR")
            if sharesPort { try set(made, SOL_SOCKET, SO_REUSEPORT, "SO_REUSEPORT") }
        }
        if address.family == .ipv6 {
            // As in nginx: `[::]` does not take the IPv4 addresses along.
            try set(made, Int32(IPPROTO_IPV6), IPV6_V6ONLY, "IPV6_V6ONLY")
        }
        guard unsafe address.withSockaddr({ unsafe bind(made.number, $0, $1) }) == 0 else {
            throw .last("bind")
        }
        return made
    }

    private static func set(_ socket: borrowing Descriptor, _ level: Int32, _ option: Int32, _ name: String)
        throws(SystemError)
    {
        var on: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        // SAFETY: the kernel reads `size` bytes of a local.
        guard unsafe setsockopt(socket.number, level, option, &on, size) == 0 else {
            throw .last("setsockopt(\(name))")
        }
    }
}
