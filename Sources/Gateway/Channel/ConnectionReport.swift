// Open WebSockets as a worker tells its master of them.

internal import Bytes

/// One connection.
package struct ConnectionReport: Equatable, Sendable {
    /// Of the handshake's request: what its log lines name as unique_id.
    package var identifier: String
    package var client: String
    package var host: String
    package var path: String
    package var subprotocol: String
    package var isCompressed: Bool
    package var ageSeconds: UInt64
    package var messagesFromClient: UInt64
    package var messagesFromServer: UInt64
    package var bytesFromClient: UInt64
    package var bytesFromServer: UInt64

    package init(identifier: String, client: String) {
        self.identifier = identifier
        self.client = client
        host = ""
        path = ""
        subprotocol = ""
        isCompressed = false
        ageSeconds = 0
        messagesFromClient = 0
        messagesFromServer = 0
        bytesFromClient = 0
        bytesFromServer = 0
    }

    func encode(into buffer: inout ByteBuffer) throws(ChannelError) {
        for text in [identifier, client, host, path, subprotocol] {
            let part = ConnectionPage.cut(text)
            try buffer.append(text: part, limitBytes: ConnectionPage.textBytes)
        }
        buffer.append(isCompressed ? 1 as UInt8 : 0)
        for number in [ageSeconds, messagesFromClient, messagesFromServer, bytesFromClient, bytesFromServer] {
            buffer.append(littleEndian: number)
        }
    }

    init(decoding reader: inout ChannelReader) throws(ChannelError) {
        identifier = try reader.text(limitBytes: ConnectionPage.textBytes)
        client = try reader.text(limitBytes: ConnectionPage.textBytes)
        host = try reader.text(limitBytes: ConnectionPage.textBytes)
        path = try reader.text(limitBytes: ConnectionPage.textBytes)
        subprotocol = try reader.text(limitBytes: ConnectionPage.textBytes)
        isCompressed = try reader.byte() != 0
        ageSeconds = try reader.uint64()
        messagesFromClient = try reader.uint64()
        messagesFromServer = try reader.uint64()
        bytesFromClient = try reader.uint64()
        bytesFromServer = try reader.uint64()
    }
}

/// Some connections of one worker, in the order of its table.
package struct ConnectionPage: Equatable, Sendable {
    package var connections: [ConnectionReport] = []
    /// Where the next page begins; 0 behind the last one.
    package var next: UInt32 = 0

    package init() {}

    /// Connections of one page: their texts fit into one message, however long they are.
    package static let count = 32
    /// Bytes of each text; what is longer is cut.
    package static let textBytes = 256

    static func cut(_ text: String) -> String {
        guard text.utf8.count > textBytes else { return text }
        var short = text.unicodeScalars
        while short.count > 0, String(short).utf8.count > textBytes { short.removeLast() }
        return String(short)
    }

    func encode(into buffer: inout ByteBuffer) throws(ChannelError) {
        guard connections.count <= Self.count else { throw .tooLong("\(connections.count) connections") }
        buffer.append(littleEndian: next)
        buffer.append(UInt8(connections.count))
        for connection in connections { try connection.encode(into: &buffer) }
    }

    init(decoding reader: inout ChannelReader) throws(ChannelError) {
        next = try reader.uint32()
        let count = Int(try reader.byte())
        guard count <= Self.count else { throw .tooLong("\(count) connections, limit \(Self.count)") }
        for _ in 0..<count { connections.append(try ConnectionReport(decoding: &reader)) }
    }
}
