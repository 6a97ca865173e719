// One datagram to a unix socket: what the service manager listens for.

package import Bytes
internal import Glibc

package enum DatagramSocket {
    /// Sends `bytes` without waiting, as one datagram from an unnamed socket.
    ///
    /// - Parameter path: Of the file system; an `@` in front stands for the zero byte of the
    ///   abstract name space (unix(7)).
    /// - Returns: false when the path is no address or the kernel refused.
    package static func send(_ bytes: ByteView, toPath path: String) -> Bool {
        var name = Array(path.utf8)
        let isAbstract = name.first == UInt8(ascii: "@")
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let offset = MemoryLayout<sockaddr_un>.size - MemoryLayout.size(ofValue: address.sun_path)
        guard name.count > 1, name.count < MemoryLayout.size(ofValue: address.sun_path), !name.contains(0)
        else {
            return false
        }
        if isAbstract { name[0] = 0 }
        // SAFETY: the name is shorter than `sun_path`; the rest of the struct is zero.
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: name) }
        let number = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard number >= 0 else { return false }
        let socket = Descriptor(owning: number)
        // The length ends an abstract name; a path ends with its zero.
        let length = socklen_t(offset + name.count + (isAbstract ? 0 : 1))
        let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
        // SAFETY: both buffers are read for their length only.
        let sent = unsafe bytes.withUnsafeBytes { message in
            unsafe withUnsafePointer(to: &address) {
                unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    unsafe sendto(socket.number, message.baseAddress, message.count, flags, $0, length)
                }
            }
        }
        return sent == bytes.count
    }
}
