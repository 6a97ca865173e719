// Where the messages of one connection are asked about: worked out once, from its handshake.

internal import Bytes
internal import HTTP1
internal import HTTPMessage
internal import Posix
internal import RuleStore
internal import WebSocket

/// Outlives generations: after a reload the upstream is looked up by its name.
final class MessageTarget {
    enum Destination {
        case upstream(name: String)
        case address(SocketAddress)
    }

    /// Where a copy goes in one generation.
    struct Place {
        var set: UpstreamSet
        var upstream: Int?
        var address: SocketAddress?
        var keepsConnection: Bool
    }

    private let destination: Destination
    /// Request line and fields that all messages share.
    private let head: ByteText

    init(_ destination: Destination, head: ByteText) {
        self.destination = destination
        self.head = head
    }

    /// nil when the generation does not know the upstream any more.
    func place(in generation: ActiveGeneration) -> Place? {
        switch destination {
        case .address(let address):
            return Place(set: generation.upstreams, address: address, keepsConnection: false)
        case .upstream(let name):
            guard let index = generation.upstreams.index(named: name) else { return nil }
            let keeps = generation.policy.upstreams[index].keptConnections > 0
            return Place(set: generation.upstreams, upstream: index, keepsConnection: keeps)
        }
    }

    /// Appends the POST of one message.
    ///
    /// - Parameter index: Messages of that direction before this one.
    func write(
        _ message: Message, _ direction: MessageDirection, index: Int, limitBytes: Int, keepsConnection: Bool,
        to output: inout ByteBuffer
    ) {
        let body = message.payload[..<min(message.payload.count, limitBytes)]
        output.append(head.view)
        output.append(
            direction == .fromClient ? "X-WAF-Direction: client\r\n" : "X-WAF-Direction: server\r\n")
        switch message.opcode {
        case .text: output.append("X-WAF-Opcode: text\r\nContent-Type: text/plain; charset=utf-8\r\n")
        case .binary: output.append("X-WAF-Opcode: binary\r\nContent-Type: application/octet-stream\r\n")
        }
        output.append("X-WAF-Message: ")
        output.append(decimal: index)
        output.append("\r\n")
        if body.count < message.payload.count { HeadWriter.appendField("X-WAF-Truncated", "1", to: &output) }
        HeadWriter.appendFraming(.length(body.count), to: &output)
        HeadWriter.appendConnection(keepsConnection ? .keepOpen : .close, to: &output)
        HeadWriter.appendEnd(to: &output)
        output.append(body)
    }
}
