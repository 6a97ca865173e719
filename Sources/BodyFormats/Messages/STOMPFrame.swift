// STOMP frames (stomp.github.io, specification 1.2; 1.0 and 1.1 differ in what they escape).
//
//     frame      command EOL *( header EOL ) EOL *octet NULL *EOL      EOL = [CR] LF
//     header     name ":" value
//     heartbeat  EOL

internal import Bytes

enum STOMPFrame {
    private static let carriageReturn: UInt8 = 0x0D
    private static let lineFeed: UInt8 = 0x0A

    static func split(
        _ message: ByteView, from sender: MessageSender, into parts: inout DecodedMessage
    ) throws(MessageFormatError) {
        var offset = skipLineEnds(message, from: 0)
        guard offset > 0 || !message.isEmpty else { throw .syntax("STOMP: an empty message", offset: 0) }
        while offset < message.count {
            offset = try splitFrame(message, at: offset, sender, into: &parts)
            offset = skipLineEnds(message, from: offset)
        }
    }

    private static func skipLineEnds(_ message: ByteView, from start: Int) -> Int {
        var offset = start
        while offset < message.count {
            if message[offset] == lineFeed {
                offset += 1
            } else if message[offset] == carriageReturn, offset + 1 < message.count,
                message[offset + 1] == lineFeed
            {
                offset += 2
            } else {
                break
            }
        }
        return offset
    }

    /// - Returns: The offset behind the frame's NULL.
    private static func splitFrame(
        _ message: ByteView, at start: Int, _ sender: MessageSender, into parts: inout DecodedMessage
    ) throws(MessageFormatError) -> Int {
        var offset = start
        let command = try line(message, &offset)
        guard isCommand(command, of: sender) else { throw .syntax("STOMP: an unknown command", offset: start) }
        try parts.append("stomp.", ByteView("command"), command)
        var bodyBytes: Int?
        while true {
            let headerStart = offset
            let header = try line(message, &offset)
            if header.isEmpty { break }
            guard let colon = header.firstIndex(of: ASCII.byte(":")), colon > 0 else {
                throw .syntax("STOMP: a header without a colon", offset: headerStart)
            }
            let value = header[(colon + 1)...]
            // The first of repeated headers counts.
            if bodyBytes == nil, header[..<colon].equals("content-length") {
                guard let bytes = number(value) else {
                    throw .syntax("STOMP: a content-length that is no number", offset: headerStart)
                }
                bodyBytes = bytes
            }
            try parts.append("stomp.", header[..<colon], value)
        }
        let end: Int
        if let bodyBytes {
            guard bodyBytes < message.count - offset, message[offset + bodyBytes] == 0 else {
                throw .syntax("STOMP: a body that does not end where content-length says", offset: offset)
            }
            end = offset + bodyBytes
        } else {
            guard let null = message.firstIndex(of: 0, from: offset) else {
                throw .syntax("STOMP: a frame without its end", offset: offset)
            }
            end = null
        }
        try appendBody(message[offset..<end], into: &parts)
        return end + 1
    }

    /// A body that looks like JSON is read as such, whatever content-type says.
    private static func appendBody(
        _ body: ByteView, into parts: inout DecodedMessage
    ) throws(MessageFormatError) {
        guard !body.isEmpty else { return }
        if JSONText.isLikely(body) {
            try parts.append(document: body)
        } else {
            try parts.append("stomp.", ByteView("body"), body)
        }
    }

    /// The line at `offset` without its end; moves behind it.
    private static func line(_ message: ByteView, _ offset: inout Int) throws(MessageFormatError) -> ByteView {
        guard let end = message.firstIndex(of: lineFeed, from: offset) else {
            throw .syntax("STOMP: a frame without its end", offset: offset)
        }
        let hasReturn = end > offset && message[end - 1] == carriageReturn
        let line = message[offset..<(hasReturn ? end - 1 : end)]
        guard !line.contains(0) else { throw .syntax("STOMP: a NULL in a header", offset: offset) }
        offset = end + 1
        return line
    }

    private static func number(_ text: ByteView) -> Int? {
        guard !text.isEmpty, text.count <= 18 else { return nil }
        var number = 0
        for index in text.indices {
            guard ASCII.isDigit(text[index]) else { return nil }
            number = number * 10 + Int(text[index] &- 0x30)
        }
        return number
    }

    private static let clientCommands: [StaticString] = [
        "SEND", "SUBSCRIBE", "UNSUBSCRIBE", "ACK", "NACK", "BEGIN", "COMMIT", "ABORT", "CONNECT", "STOMP",
        "DISCONNECT",
    ]
    private static let serverCommands: [StaticString] = ["MESSAGE", "RECEIPT", "ERROR", "CONNECTED"]

    private static func isCommand(_ command: ByteView, of sender: MessageSender) -> Bool {
        (sender == .client ? clientCommands : serverCommands).contains { command.equals($0) }
    }
}
