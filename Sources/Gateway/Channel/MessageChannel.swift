// The channel between the master and one worker: whole messages, with descriptors.

internal import Bytes
package import Posix

/// What the master holds of a worker's channel.
package typealias MasterChannel = MessageChannel<MasterMessage, WorkerMessage>
/// What a worker holds: descriptor 3 when it starts.
package typealias WorkerChannel = MessageChannel<WorkerMessage, MasterMessage>

/// A message as it came in, with the descriptors that nobody has taken yet.
package struct ReceivedMessage<Message: ChannelMessage>: ~Copyable {
    package let message: Message
    package var descriptors: DescriptorList
}

/// One end of a channel. Neither call waits.
package struct MessageChannel<Outgoing: ChannelMessage, Incoming: ChannelMessage>: ~Copyable {
    private let socket: PacketSocket

    package init(owning socket: consuming PacketSocket) { self.socket = socket }

    /// Takes over an inherited end.
    package init(descriptor number: Int32) {
        self.init(owning: PacketSocket(owning: Descriptor(owning: number)))
    }

    /// For poll(2) and epoll(7): readable when a message waits or the other end is gone.
    package var descriptorNumber: Int32 { socket.descriptor.number }

    /// Sends one message. The descriptors stay the caller's.
    package borrowing func send(_ message: Outgoing, descriptors: [Int32] = []) throws(ChannelError) {
        precondition(
            descriptors.count == message.descriptorCount, "a message brings the descriptors it names")
        var buffer = ByteBuffer()
        try message.encode(into: &buffer)
        guard buffer.count <= ChannelLimits.messageBytes else { throw .tooLong("\(buffer.count) bytes") }
        let wasSent: Bool
        do throws(SystemError) {
            wasSent = try socket.send(buffer.view, descriptors: descriptors)
        } catch {
            throw .system(error)
        }
        guard wasSent else { throw .full }
    }

    /// Takes the next message, nil when none waits.
    ///
    /// - Throws: ``ChannelError/closed`` when the other process is gone. After any other error the
    ///   channel is of no use any more.
    package borrowing func receive() throws(ChannelError) -> ReceivedMessage<Incoming>? {
        var buffer = ByteBuffer()
        switch try received(into: &buffer) {
        case .wouldBlock: return nil
        case .closed: throw .closed
        case .message(_, let descriptors):
            var reader = ChannelReader(buffer.view)
            let message = try Incoming(decoding: &reader)
            try reader.finish()
            guard descriptors.count == message.descriptorCount else {
                throw .wrongDescriptorCount(expected: message.descriptorCount, found: descriptors.count)
            }
            return ReceivedMessage(message: message, descriptors: descriptors)
        }
    }

    private borrowing func received(into buffer: inout ByteBuffer) throws(ChannelError)
        -> PacketSocket.Received
    {
        do throws(SystemError) {
            return try socket.receive(into: &buffer, limitBytes: ChannelLimits.messageBytes)
        } catch {
            throw .system(error)
        }
    }
}
