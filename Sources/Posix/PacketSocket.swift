// A pair of sockets that keep messages whole and carry descriptors: SOCK_SEQPACKET, SCM_RIGHTS
// (unix(7)).

package import Bytes
internal import CLinux
internal import Glibc

/// One end of such a pair.
package struct PacketSocket: ~Copyable {
    /// Most descriptors that one message takes (SCM_MAX_FD of the kernel).
    package static let maxDescriptors = 253

    package enum Received: ~Copyable {
        /// `byteCount` bytes were appended to the buffer.
        case message(byteCount: Int, DescriptorList)
        case wouldBlock
        /// The other end is closed and all that it sent has been read.
        case closed
    }

    package let descriptor: Descriptor

    /// Takes over an end that was inherited.
    package init(owning descriptor: consuming Descriptor) { self.descriptor = descriptor }

    package struct Pair: ~Copyable {
        package var first: PacketSocket
        package var second: PacketSocket
    }

    /// Both ends of a new pair, close-on-exec.
    package static func pair() throws(SystemError) -> Pair {
        var numbers: [Int32] = [-1, -1]
        let type = Int32(SOCK_SEQPACKET.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard unsafe socketpair(AF_UNIX, type, 0, &numbers) == 0 else { throw .last("socketpair") }
        return Pair(
            first: PacketSocket(owning: Descriptor(owning: numbers[0])),
            second: PacketSocket(owning: Descriptor(owning: numbers[1])))
    }

    /// Sends one message without waiting. The descriptors stay the caller's.
    ///
    /// - Returns: false when there is no room now; nothing was sent then.
    package borrowing func send(_ bytes: ByteView, descriptors: [Int32]) throws(SystemError) -> Bool {
        let socket = descriptor.number
        while true {
            // SAFETY: both buffers are read only, for their whole length.
            let sent = unsafe bytes.withUnsafeBytes { message in
                unsafe descriptors.withUnsafeBufferPointer { list in
                    unsafe clinux_send_descriptors(
                        socket, message.baseAddress, message.count, list.baseAddress, Int32(list.count),
                        Int32(MSG_DONTWAIT))
                }
            }
            if sent >= 0 { return true }
            switch errno {
            case EINTR: continue
            case EAGAIN: return false
            default: throw .last("sendmsg")
            }
        }
    }

    /// Takes one message without waiting.
    ///
    /// - Parameter limitBytes: A longer message is refused with EMSGSIZE; its descriptors are closed.
    package borrowing func receive(into buffer: inout ByteBuffer, limitBytes: Int) throws(SystemError)
        -> Received
    {
        let socket = descriptor.number
        var numbers = [Int32](repeating: -1, count: PacketSocket.maxDescriptors)
        var count: Int32 = 0
        var received = 0
        unsafe buffer.appendUninitialized(upTo: limitBytes) { room in
            repeat {
                // SAFETY: the call writes at most `room.count` bytes and `numbers.count` numbers.
                received = unsafe clinux_receive_descriptors(
                    socket, room.baseAddress, room.count, &numbers, Int32(numbers.count), &count,
                    Int32(MSG_DONTWAIT))
            } while received < 0 && errno == EINTR
            return max(0, received)
        }
        guard received >= 0 else {
            if errno == EAGAIN { return .wouldBlock }
            if errno == ECONNRESET { return .closed }
            throw .last("recvmsg")
        }
        if received == 0, count == 0 { return .closed }
        return .message(byteCount: received, DescriptorList(owning: Array(numbers[..<Int(count)])))
    }
}
