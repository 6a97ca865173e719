// Making connected stream sockets. Non-blocking and close-on-exec from birth.

internal import CLinux
internal import Glibc

/// A connection that a listener gave.
package struct AcceptedSocket: ~Copyable {
    package let socket: Descriptor
    package let peer: SocketAddress

    package consuming func takeSocket() -> Descriptor { socket }
}

package enum StreamSocket {
    package enum Connecting: ~Copyable {
        /// Connected at once (unix sockets, and loopback sometimes).
        case connected(Descriptor)
        /// Becomes writable when it is decided; `connectionError` then tells how.
        case pending(Descriptor)
    }

    /// One connection from a listener's queue.
    ///
    /// - Returns: nil when none waits, or the one that waited is gone again.
    package static func accept(_ listener: Int32) throws(SystemError) -> AcceptedSocket? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let flags = Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let number = unsafe withUnsafeMutablePointer(to: &storage) { place in
            unsafe place.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe clinux_accept4(listener, $0, &length, flags)
            }
        }
        guard number >= 0 else {
            switch errno {
            case EAGAIN, EINTR, ECONNABORTED, EPROTO, ENETDOWN, EHOSTUNREACH, ENETUNREACH: return nil
            default: throw .last("accept4")
            }
        }
        let socket = Descriptor(owning: number)
        let peer = unsafe withUnsafeBytes(of: storage) { bytes in
            unsafe SocketAddress(UnsafeRawBufferPointer(rebasing: bytes.prefix(Int(length))))
        }
        guard let peer else { return nil }
        if peer.family != .unix { setNoDelay(number) }
        return AcceptedSocket(socket: socket, peer: peer)
    }

    /// Begins a connection.
    package static func connect(to address: SocketAddress) throws(SystemError) -> Connecting {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let number = socket(address.domain, type, 0)
        guard number >= 0 else { throw .last("socket") }
        let descriptor = Descriptor(owning: number)
        if address.family != .unix { setNoDelay(number) }
        let result = unsafe address.withSockaddr { unsafe Glibc.connect(number, $0, $1) }
        if result == 0 { return .connected(descriptor) }
        guard errno == EINPROGRESS else { throw .last("connect") }
        return .pending(descriptor)
    }

    /// How a pending connect ended; 0 is success, else an errno (SO_ERROR, socket(7)).
    package static func connectionError(_ number: Int32) -> Int32 {
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        guard unsafe getsockopt(number, SOL_SOCKET, SO_ERROR, &code, &length) == 0 else { return errno }
        return code
    }

    /// The address that a client connected to.
    package static func localAddress(_ number: Int32) -> SocketAddress? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = unsafe withUnsafeMutablePointer(to: &storage) { place in
            unsafe place.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getsockname(number, $0, &length)
            }
        }
        guard result == 0 else { return nil }
        return unsafe withUnsafeBytes(of: storage) { bytes in
            unsafe SocketAddress(UnsafeRawBufferPointer(rebasing: bytes.prefix(Int(length))))
        }
    }

    /// Ends one direction; the peer reads the end of the stream.
    package static func shutdownSending(_ number: Int32) {
        _ = shutdown(number, Int32(SHUT_WR))
    }

    private static func setNoDelay(_ number: Int32) {
        var on: Int32 = 1
        _ = unsafe setsockopt(number, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }
}
