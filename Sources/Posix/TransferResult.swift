// What came of reading from or writing to a non-blocking descriptor.

package import Bytes
internal import CLinux
internal import Glibc

/// The outcome of one read or write that does not wait.
package enum TransferResult: Equatable, Sendable {
    /// So many bytes were moved; at least one.
    case moved(Int)
    /// Nothing to read, or no room to write: wait for the event.
    case wouldBlock
    /// The peer has sent its last byte (reading only).
    case endOfStream
    case failed(Int32)
}

package enum SocketIO {
    /// One recv(2) into `room`, which must not be empty.
    @unsafe package static func receive(_ fd: Int32, into room: UnsafeMutableRawBufferPointer) -> TransferResult {
        while true {
            let count = unsafe recv(fd, room.baseAddress, room.count, Int32(MSG_DONTWAIT))
            if count > 0 { return .moved(count) }
            if count == 0 { return .endOfStream }
            switch errno {
            case EINTR: continue
            case EAGAIN: return .wouldBlock
            default: return .failed(errno)
            }
        }
    }

    /// One send(2) of `bytes`, which must not be empty. Never raises SIGPIPE.
    package static func send(_ fd: Int32, _ bytes: ByteView) -> TransferResult {
        let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
        return unsafe bytes.withUnsafeBytes { source in
            while true {
                let count = unsafe Glibc.send(fd, source.baseAddress, source.count, flags)
                if count >= 0 { return .moved(count) }
                switch errno {
                case EINTR: continue
                case EAGAIN: return .wouldBlock
                default: return .failed(errno)
                }
            }
        }
    }

    /// One sendmsg(2) of two runs of bytes, such as a head and the body behind it.
    package static func send(_ fd: Int32, _ first: ByteView, _ second: ByteView) -> TransferResult {
        let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
        return unsafe first.withUnsafeBytes { one in
            unsafe second.withUnsafeBytes { two in
                var parts = unsafe [
                    iovec(iov_base: UnsafeMutableRawPointer(mutating: one.baseAddress), iov_len: one.count),
                    iovec(iov_base: UnsafeMutableRawPointer(mutating: two.baseAddress), iov_len: two.count),
                ] as InlineArray<2, iovec>
                return unsafe withUnsafeMutableBytes(of: &parts) { room in
                    var message = unsafe msghdr()
                    unsafe message.msg_iov = room.baseAddress!.assumingMemoryBound(to: iovec.self)
                    unsafe message.msg_iovlen = 2
                    while true {
                        let count = unsafe sendmsg(fd, &message, flags)
                        if count >= 0 { return .moved(count) }
                        switch errno {
                        case EINTR: continue
                        case EAGAIN: return .wouldBlock
                        default: return .failed(errno)
                        }
                    }
                }
            }
        }
    }
}
