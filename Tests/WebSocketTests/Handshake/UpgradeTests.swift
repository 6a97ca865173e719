internal import Bytes
internal import Testing
internal import WebSocket

/// The fields of a head, as text.
typealias Fields = [(String, String)]

@Suite("Opening handshake: RFC 6455 section 4") struct UpgradeTests {
    static let request: Fields = [
        ("Host", "server.example.com"), ("Upgrade", "websocket"), ("Connection", "Upgrade"),
        ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="), ("Origin", "http://example.com"),
        ("Sec-WebSocket-Protocol", "chat, superchat"), ("Sec-WebSocket-Version", "13"),
    ]

    static func replacing(_ fields: Fields, _ name: String, _ values: String...) -> Fields {
        fields.filter { $0.0 != name } + values.map { (name, $0) }
    }

    static func withFields<R>(_ fields: Fields, _ body: (HandshakeFields) throws -> R) rethrows -> R {
        let text = fields.map { (Array($0.0.utf8), Array($0.1.utf8)) }
        func add(_ index: Int, _ handshake: HandshakeFields) throws -> R {
            guard index < text.count else { return try body(handshake) }
            return try withView(text[index].0) { name in
                try withView(text[index].1) { value in
                    var handshake = handshake
                    handshake.add(name: name, value: value)
                    return try add(index + 1, handshake)
                }
            }
        }
        return try add(0, HandshakeFields())
    }

    static func judge(
        _ fields: Fields, method: StaticString = "GET", isHTTP11: Bool = true, hasBody: Bool = false
    ) -> UpgradeRequest.Verdict {
        withFields(fields) {
            UpgradeRequest.judge(method: ByteView(method), isHTTP11: isHTTP11, hasBody: hasBody, fields: $0)
        }
    }

    static func accepted(_ fields: Fields) throws -> UpgradeRequest {
        guard case .accepted(let request) = judge(fields) else { throw Unexpected() }
        return request
    }

    struct Unexpected: Error {}

    @Test func exampleOfTheRFC() throws {
        let request = try Self.accepted(Self.request)
        #expect(request.key == Array("dGhlIHNhbXBsZSBub25jZQ==".utf8))
        #expect(
            request.subprotocols == [Array("chat".utf8), Array("superchat".utf8)] && request.offer.isEmpty)
        var accept = ByteBuffer()
        request.writeAccept(to: &accept)
        #expect(accept.view.equals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))
    }

    @Test func otherRequests() {
        #expect(Self.judge(Self.replacing(Self.request, "Upgrade")) == .notWebSocket)
        #expect(Self.judge(Self.replacing(Self.request, "Upgrade", "h2c")) == .notWebSocket)
        #expect(Self.judge(Self.request, isHTTP11: false) == .notWebSocket)
        #expect(Self.judge([]) == .notWebSocket)
        #expect(Self.judge(Self.request, method: "POST") == .refused(.methodNotGet))
        #expect(Self.judge(Self.request, method: "get") == .refused(.methodNotGet))
        #expect(Self.judge(Self.request, hasBody: true) == .refused(.hasBody))
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var field: String
        var values: [String]
        /// nil: accepted.
        var want: UpgradeRefusal?
        var testDescription: String { name }
    }

    static let rows: [Row] = [
        Row(name: "case of tokens", field: "Upgrade", values: ["WebSocket"], want: nil),
        Row(name: "one of several", field: "Upgrade", values: ["h2c, websocket"], want: nil),
        Row(name: "connection list", field: "Connection", values: ["keep-alive, upgrade"], want: nil),
        Row(name: "connection lines", field: "Connection", values: ["keep-alive", "UPGRADE"], want: nil),
        Row(name: "empty list elements", field: "Connection", values: [", ,upgrade ,"], want: nil),
        Row(
            name: "no upgrade token", field: "Connection", values: ["keep-alive"],
            want: .connectionLacksUpgrade),
        Row(
            name: "upgrade inside a word", field: "Connection", values: ["upgrades"],
            want: .connectionLacksUpgrade),
        Row(name: "no connection", field: "Connection", values: [], want: .connectionLacksUpgrade),
        Row(name: "version 8", field: "Sec-WebSocket-Version", values: ["8"], want: .versionNotSupported),
        Row(name: "version 013", field: "Sec-WebSocket-Version", values: ["013"], want: .versionNotSupported),
        Row(
            name: "versions in a list", field: "Sec-WebSocket-Version", values: ["13, 8"],
            want: .versionNotSupported),
        Row(name: "no version", field: "Sec-WebSocket-Version", values: [], want: .versionNotSupported),
        Row(
            name: "two versions", field: "Sec-WebSocket-Version", values: ["13", "13"], want: .versionRepeated
        ),
        Row(name: "no key", field: "Sec-WebSocket-Key", values: [], want: .keyMissing),
        Row(
            name: "two keys", field: "Sec-WebSocket-Key",
            values: ["dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25jZQ=="], want: .keyRepeated),
        Row(
            name: "key of 15 bytes", field: "Sec-WebSocket-Key", values: ["AAAAAAAAAAAAAAAAAAAA"],
            want: .keyInvalid),
        Row(
            name: "key of 17 bytes", field: "Sec-WebSocket-Key", values: ["AAAAAAAAAAAAAAAAAAAAAAA="],
            want: .keyInvalid),
        Row(
            name: "key of 18 bytes", field: "Sec-WebSocket-Key", values: ["AAAAAAAAAAAAAAAAAAAAAAAA"],
            want: .keyInvalid),
        Row(
            name: "key with unused bits", field: "Sec-WebSocket-Key", values: ["AAAAAAAAAAAAAAAAAAAAAB=="],
            want: .keyInvalid),
        Row(name: "empty key", field: "Sec-WebSocket-Key", values: [""], want: .keyInvalid),
        Row(
            name: "key with a blank around", field: "Sec-WebSocket-Key",
            values: [" dGhlIHNhbXBsZSBub25jZQ==\t"], want: nil),
        Row(name: "no subprotocol", field: "Sec-WebSocket-Protocol", values: [], want: nil),
        Row(
            name: "empty subprotocols", field: "Sec-WebSocket-Protocol", values: [" , "],
            want: .subprotocolsMalformed),
        Row(
            name: "subprotocol twice", field: "Sec-WebSocket-Protocol", values: ["chat", "chat"],
            want: .subprotocolsMalformed),
        Row(
            name: "subprotocol with a blank", field: "Sec-WebSocket-Protocol", values: ["super chat"],
            want: .subprotocolsMalformed),
        Row(
            name: "malformed extensions", field: "Sec-WebSocket-Extensions", values: ["foo;"],
            want: .extensionsMalformed(.tokenExpected(offset: 4))),
    ]

    @Test(arguments: rows) func request(_ row: Row) {
        let fields =
            Self.request.filter { $0.0 != row.field } + row.values.map { (row.field.uppercased(), $0) }
        switch Self.judge(fields) {
        case .accepted: #expect(row.want == nil)
        case .refused(let refusal):
            #expect(refusal == row.want)
            #expect(refusal.status == (refusal == .versionNotSupported ? 426 : 400))
        case .notWebSocket: Issue.record("not seen as WebSocket")
        }
    }

    static let answer: Fields = [
        ("Upgrade", "websocket"), ("Connection", "Upgrade"),
        ("Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
    ]

    static func answered(_ fields: Fields, to request: Fields = request) throws -> UpgradeResponse {
        let request = try accepted(request)
        return try withFields(fields) { try UpgradeResponse(answering: request, fields: $0) }
    }

    @Test func answers() throws {
        let plain = try Self.answered(Self.answer)
        #expect(plain.subprotocol == nil && plain.deflate == nil)
        let chosen = try Self.answered(Self.answer + [("Sec-WebSocket-Protocol", "superchat")])
        #expect(chosen.subprotocol == Array("superchat".utf8))
    }

    static let wrongAnswers: [(Fields, UpgradeResponseError)] = [
        (replacing(answer, "Upgrade"), .upgradeMissing),
        (replacing(answer, "Upgrade", "h2c"), .upgradeMissing),
        (replacing(answer, "Connection", "close"), .connectionLacksUpgrade),
        (replacing(answer, "Sec-WebSocket-Accept"), .acceptMissing),
        (replacing(answer, "Sec-WebSocket-Accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOO="), .acceptWrong),
        (replacing(answer, "Sec-WebSocket-Accept", "S3PPLMBITXAQ9KYGZZHZRBK+XOO="), .acceptWrong),
        (answer + [("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")], .acceptRepeated),
        (answer + [("Sec-WebSocket-Protocol", "other")], .subprotocolNotOffered),
        (answer + [("Sec-WebSocket-Protocol", "chat, superchat")], .subprotocolNotOffered),
        (answer + [("Sec-WebSocket-Protocol", "Chat")], .subprotocolNotOffered),
        (answer + [("Sec-WebSocket-Protocol", "")], .subprotocolNotOffered),
        (
            answer + [("Sec-WebSocket-Protocol", "chat"), ("Sec-WebSocket-Protocol", "chat")],
            .subprotocolRepeated
        ),
        (answer + [("Sec-WebSocket-Extensions", "permessage-deflate")], .extensionNotOffered),
        (answer + [("Sec-WebSocket-Extensions", "x y")], .extensionsMalformed(.separatorExpected(offset: 2))),
    ]

    @Test func refusedAnswers() {
        for (fields, want) in Self.wrongAnswers {
            let error = #expect(throws: UpgradeResponseError.self) { try Self.answered(fields) }
            #expect(error == want)
        }
        #expect(Self.wrongAnswers.count == 14)
    }
}
