// Socket.IO packets in Engine.IO packets, as text messages (socketio/socket.io-protocol 5,
// socketio/engine.io-protocol 4).
//
//     engine packet   open "0" JSON | close "1" | ping "2" ["probe"] | pong "3" ["probe"]
//                     | message "4" socket packet | upgrade "5" | noop "6"
//     socket packet   type [attachments "-"] ["/" namespace ","] [acknowledgement] [JSON]
//     type            "0" CONNECT "1" DISCONNECT "2" EVENT "3" ACK "4" CONNECT_ERROR "5" BINARY_EVENT "6" BINARY_ACK

internal import Bytes

enum SocketIOPacket {
    /// Digits of an acknowledgement's or attachment's number.
    private static let maxDigits = 20

    static func split(_ message: ByteView, into parts: inout DecodedMessage) throws(MessageFormatError) {
        guard !message.isEmpty else { throw .syntax("Engine.IO: an empty packet", offset: 0) }
        switch message[0] {
        case ASCII.byte("0"): try parts.append(document: message[1...])
        case ASCII.byte("1"), ASCII.byte("5"), ASCII.byte("6"):
            guard message.count == 1 else { throw .syntax("Engine.IO: a packet with unexpected data", offset: 1) }
        case ASCII.byte("2"), ASCII.byte("3"):
            guard message.count == 1 || message[1...].equals("probe") else {
                throw .syntax("Engine.IO: a ping with unexpected data", offset: 1)
            }
        case ASCII.byte("4"): try splitPacket(message, into: &parts)
        default: throw .syntax("Engine.IO: an unknown packet type", offset: 0)
        }
    }

    private static func splitPacket(
        _ message: ByteView, into parts: inout DecodedMessage
    ) throws(MessageFormatError) {
        guard message.count > 1, message[1] >= 0x30, message[1] <= 0x36 else {
            throw .syntax("Socket.IO: an unknown packet type", offset: 1)
        }
        let type = message[1]
        var offset = 2
        if type == ASCII.byte("5") || type == ASCII.byte("6") {
            let digits = digits(message, at: offset)
            offset += digits
            guard digits > 0, digits <= maxDigits, offset < message.count, message[offset] == ASCII.byte("-") else {
                throw .syntax("Socket.IO: no count of attachments", offset: offset)
            }
            offset += 1
        }
        if offset < message.count, message[offset] == ASCII.byte("/") {
            let end = message.firstIndex(of: ASCII.byte(","), from: offset) ?? message.count
            try parts.append("socketio.", ByteView("namespace"), message[offset..<end])
            offset = min(end + 1, message.count)
        }
        let acknowledgement = digits(message, at: offset)
        // A payload that is a number would be taken for one; no type has such a payload.
        guard acknowledgement <= maxDigits else {
            throw .syntax("Socket.IO: too long an acknowledgement", offset: offset)
        }
        offset += acknowledgement
        let payload = message[offset...]
        switch type {
        case ASCII.byte("1"):
            guard payload.isEmpty else { throw .syntax("Socket.IO: a packet with unexpected data", offset: offset) }
        case ASCII.byte("0"), ASCII.byte("4"):
            if !payload.isEmpty { try parts.append(document: payload) }
        default:
            // An event's name and arguments, or an acknowledgement's.
            guard !payload.isEmpty, payload[0] == ASCII.byte("[") else {
                throw .syntax("Socket.IO: a payload that is no array", offset: offset)
            }
            try parts.append(document: payload)
        }
    }

    private static func digits(_ message: ByteView, at offset: Int) -> Int {
        var end = offset
        while end < message.count, ASCII.isDigit(message[end]) { end += 1 }
        return end - offset
    }
}
