// Formats of WebSocket messages: what they are taken apart into, and what is malformed.

import BodyFormats
import Bytes
import Testing

@Suite("Formats of WebSocket messages") struct MessageDecoderTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var format: MessageFormat
        var text: String
        var sender = MessageSender.client
        /// Values and documents; nil: malformed.
        var parts: [String]?

        var testDescription: String { "\(format.name) \(sender): \(text.debugDescription)" }

        init(_ format: MessageFormat, _ text: String, _ sender: MessageSender, _ parts: [String]?) {
            self.format = format
            self.text = text
            self.sender = sender
            self.parts = parts
        }

        init(_ format: MessageFormat, _ text: String, _ parts: [String]?) {
            self.init(format, text, .client, parts)
        }
    }

    static func outcome(_ row: Row) -> [String]? {
        let bytes = ByteText(row.text)
        return withExtendedLifetime(bytes) {
            var decoder = MessageDecoder()
            do throws(MessageFormatError) {
                try decoder.split(bytes.view, as: row.format, from: row.sender)
            } catch {
                return nil
            }
            let values = decoder.parts.values.map { "\($0.prefix)\($0.name.string)=\($0.value.string)" }
            let documents = decoder.parts.documents.map(\.string)
            let fault = decoder.check(as: row.format, from: row.sender, limits: JSONLimits()) { _ in }
            return fault == nil ? values + documents : nil
        }
    }

    static let json: [Row] = [
        Row(.text, "{", []),
        Row(.json, "{\"a\":[1]}", ["{\"a\":[1]}"]),
        Row(.json, " 7 ", [" 7 "]),
        Row(.json, "", nil), Row(.json, " ", nil), Row(.json, "{", nil), Row(.json, "{} {}", nil),
        Row(.jsonRPC, "{\"jsonrpc\":\"2.0\",\"method\":\"m\"}", ["{\"jsonrpc\":\"2.0\",\"method\":\"m\"}"]),
        Row(
            .jsonRPC, "[{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":[1],\"id\":1}]",
            ["[{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":[1],\"id\":1}]"]),
        Row(
            .jsonRPC, "{\"jsonrpc\":\"2.0\",\"result\":null,\"id\":\"x\"}", .server,
            ["{\"jsonrpc\":\"2.0\",\"result\":null,\"id\":\"x\"}"]),
        Row(.jsonRPC, "[]", nil),
        Row(.jsonRPC, "{\"jsonrpc\":\"1.0\",\"method\":\"m\"}", nil),
        Row(.jsonRPC, "{\"method\":\"m\"}", nil),
        Row(.jsonRPC, "{\"jsonrpc\":\"2.0\",\"method\":1}", nil),
        Row(.jsonRPC, "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":1}", nil),
        Row(.jsonRPC, "{\"jsonrpc\":\"2.0\",\"id\":1}", nil),
        Row(.jsonRPC, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":1,\"error\":{}}", nil),
        Row(.jsonRPC, "{\"jsonrpc\":\"2.0\",\"id\":[],\"method\":\"m\"}", nil),
        // Of equal keys the last one counts.
        Row(.jsonRPC, "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"jsonrpc\":\"1.0\"}", nil),
    ]

    static let graphQL: [Row] = [
        Row(.graphQL, "{\"type\":\"connection_init\"}", ["{\"type\":\"connection_init\"}"]),
        Row(
            .graphQL, "{\"id\":\"1\",\"type\":\"subscribe\",\"payload\":{\"query\":\"{a}\"}}",
            ["{\"id\":\"1\",\"type\":\"subscribe\",\"payload\":{\"query\":\"{a}\"}}"]),
        Row(.graphQL, "{\"type\":\"subscribe\",\"payload\":{\"query\":\"{a}\"}}", nil),
        Row(.graphQL, "{\"id\":\"1\",\"type\":\"subscribe\",\"payload\":{}}", nil),
        Row(.graphQL, "{\"id\":\"1\",\"type\":\"subscribe\",\"payload\":{\"query\":7}}", nil),
        Row(.graphQL, "{\"id\":\"\",\"type\":\"complete\"}", nil),
        Row(.graphQL, "{\"type\":\"connection_ack\"}", nil),
        Row(.graphQL, "{\"type\":\"connection_ack\"}", .server, ["{\"type\":\"connection_ack\"}"]),
        Row(.graphQL, "{\"id\":\"1\",\"type\":\"next\"}", .server, nil),
        Row(.graphQL, "{\"type\":\"nonsense\"}", nil), Row(.graphQL, "[]", nil), Row(.graphQL, "{}", nil),
    ]

    static let socketIO: [Row] = [
        Row(.socketIO, "2", []), Row(.socketIO, "2probe", []), Row(.socketIO, "3probe", []),
        Row(.socketIO, "0{\"sid\":\"x\"}", .server, ["{\"sid\":\"x\"}"]),
        Row(.socketIO, "40", []),
        Row(.socketIO, "40{\"token\":1}", ["{\"token\":1}"]),
        Row(.socketIO, "40/admin,{\"t\":1}", ["socketio.namespace=/admin", "{\"t\":1}"]),
        Row(.socketIO, "42[\"a\",1]", ["[\"a\",1]"]),
        Row(.socketIO, "42/chat,13[\"a\"]", ["socketio.namespace=/chat", "[\"a\"]"]),
        Row(.socketIO, "451-[\"a\",{\"_placeholder\":true,\"num\":0}]", ["[\"a\",{\"_placeholder\":true,\"num\":0}]"]),
        Row(.socketIO, "41/admin,", ["socketio.namespace=/admin"]),
        Row(.socketIO, "", nil), Row(.socketIO, "9", nil), Row(.socketIO, "2x", nil), Row(.socketIO, "47", nil),
        Row(.socketIO, "42{}", nil), Row(.socketIO, "42", nil), Row(.socketIO, "45[\"a\"]", nil),
        Row(.socketIO, "42[\"a\"", nil), Row(.socketIO, "42[\"a\"]x", nil), Row(.socketIO, "41x", nil),
        Row(.socketIO, "42123456789012345678901[]", nil),
    ]

    static let stomp: [Row] = [
        Row(.stomp, "\n", []), Row(.stomp, "\r\n", []),
        Row(
            .stomp, "SEND\ndestination:/q/a\n\nhello\0",
            ["stomp.command=SEND", "stomp.destination=/q/a", "stomp.body=hello"]),
        Row(
            .stomp, "SEND\r\ncontent-length:3\r\n\r\na\0b\0\n",
            ["stomp.command=SEND", "stomp.content-length=3", "stomp.body=a\0b"]),
        Row(.stomp, "SEND\n\n{\"a\":1}\0", ["stomp.command=SEND", "{\"a\":1}"]),
        Row(
            .stomp, "BEGIN\ntransaction:t\n\n\0\nCOMMIT\n\n\0",
            ["stomp.command=BEGIN", "stomp.transaction=t", "stomp.command=COMMIT"]),
        Row(.stomp, "MESSAGE\n\n\0", .server, ["stomp.command=MESSAGE"]),
        Row(.stomp, "MESSAGE\n\n\0", nil), Row(.stomp, "", nil), Row(.stomp, "SEND", nil),
        Row(.stomp, "SEND\n\nno end", nil), Row(.stomp, "SEND\nno colon\n\n\0", nil),
        Row(.stomp, "SEND\ncontent-length:9\n\nabc\0", nil), Row(.stomp, "SEND\ncontent-length:x\n\n\0", nil),
        Row(.stomp, "SEND\ncontent-length:1\n\nab\0", nil), Row(.stomp, "SEND\n\na\0trailing", nil),
        Row(.stomp, "SEND\ncontent-length:99999999999999999999\n\n\0", nil),
    ]

    static let signalR: [Row] = [
        Row(.signalR, "{\"protocol\":\"json\",\"version\":1}\u{1E}", ["{\"protocol\":\"json\",\"version\":1}"]),
        Row(.signalR, "{}\u{1E}", .server, ["{}"]),
        Row(.signalR, "{\"type\":6}\u{1E}{\"type\":7}\u{1E}", ["{\"type\":6}", "{\"type\":7}"]),
        Row(.signalR, "{\"type\":6}", nil), Row(.signalR, "", nil), Row(.signalR, "\u{1E}", nil),
        Row(.signalR, "{\"type\":0}\u{1E}", nil), Row(.signalR, "{\"type\":\"1\"}\u{1E}", nil),
        Row(.signalR, "{}\u{1E}", nil), Row(.signalR, "[]\u{1E}", nil), Row(.signalR, "{\"type\":10}\u{1E}", nil),
    ]

    @Test(arguments: json + graphQL + socketIO + stomp + signalR) func split(_ row: Row) {
        #expect(Self.outcome(row) == row.parts)
    }

    /// A message that is cut anywhere is read without a trap, whatever comes of it.
    @Test(arguments: json + graphQL + socketIO + stomp + signalR) func anyPrefix(_ row: Row) {
        for cut in 0..<row.text.utf8.count {
            var shorter = row
            shorter.text = String(decoding: row.text.utf8.prefix(cut), as: UTF8.self)
            _ = Self.outcome(shorter)
        }
    }

    @Test("parts: at the limit and one past it") func manyParts() {
        let record = "{\"type\":6}\u{1E}"
        let most = Row(.signalR, String(repeating: record, count: DecodedMessage.maxParts), nil)
        #expect(Self.outcome(most)?.count == DecodedMessage.maxParts)
        #expect(Self.outcome(Row(.signalR, most.text + record, nil)) == nil)
    }

    @Test func subprotocols() {
        let rows: [(StaticString, MessageFormat?)] = [
            ("graphql-transport-ws", .graphQL), ("graphql-ws", .graphQL), ("V12.STOMP", .stomp), ("ocpp1.6", .json),
            ("wamp.2.json", .json), ("jsonrpc", .jsonRPC), ("mqtt", nil), ("ocpp", nil), ("chat-1", nil),
        ]
        for (name, format) in rows { #expect(Subprotocol.format(ByteView(name)) == format, "\(name)") }
        #expect(Subprotocol.isEngineIO(target: ByteView("/socket.io/?EIO=4&transport=websocket&sid=1")))
        #expect(!Subprotocol.isEngineIO(target: ByteView("/socket.io/?transport=websocket")))
    }
}
