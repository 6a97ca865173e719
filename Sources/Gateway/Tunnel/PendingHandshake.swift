// A WebSocket handshake between its request and its answer.

internal import Bytes
internal import HTTP1
internal import HTTPMessage
internal import WebSocket

/// The request's half of a handshake, as it was sent on.
struct PendingHandshake {
    let request: UpgradeRequest

    /// Upgrade and the extensions that can be read here; Connection is written by the head's writer.
    func appendFields(to output: inout ByteBuffer) {
        HeadWriter.appendField("Upgrade", "websocket", to: &output)
        guard !request.offer.isEmpty else { return }
        output.append("Sec-WebSocket-Extensions: ")
        request.offer.write(to: &output)
        output.append("\r\n")
    }

    /// The handshake's fields of a head.
    static func fields(of head: borrowing HeaderFields) -> HandshakeFields {
        var fields = HandshakeFields()
        for index in head.indices { fields.add(name: head.name(index), value: head.value(index)) }
        return fields
    }
}
