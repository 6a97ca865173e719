// Where the messages of one connection are asked about: worked out once, from its handshake.

internal import Bytes
internal import HTTP1
internal import HTTPMessage
internal import WebSocket

/// Outlives generations.
final class MessageTarget {
    let destination: TargetDestination
    /// Request line and fields that all messages share.
    private let head: ByteText

    init(_ destination: TargetDestination, head: ByteText) {
        self.destination = destination
        self.head = head
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
