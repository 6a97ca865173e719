import Bytes
import HTTP1
import HTTPMessage
import Testing

/// SplitMix64: the same numbers on every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}

/// Messages with a few bytes changed at random: nothing traps, pieces agree with the whole, and
/// what is let through is read by the next server as it was read here.
@Suite("Mutated messages: RFC 9112 section 11.2") struct MutationTests {
    static let heads = [
        "GET /a?b=c HTTP/1.1\r\nHost: a.example:80\r\nConnection: keep-alive, x\r\nX: y\r\n\r\n",
        "POST http://h/p HTTP/1.0\r\nHost: h\r\nContent-Length: 12\r\nTE: trailers\r\n\r\nhello world!",
        "\r\nPUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "5;a=\"b\"\r\nhello\r\n0\r\nT: u\r\n\r\n",
        "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n"
            + "1\r\nZ\r\n0\r\n\r\n",
    ]

    static let bytes: [UInt8] =
        Array("\r\n\r\n \t:;,\"\\0159aAfF+-xX/?#*%".utf8) + [0, 0x0B, 0x0C, 0x1F, 0x7F, 0x80, 0xFF]

    static func mutate(_ wire: [UInt8], with random: inout SeededGenerator) -> [UInt8] {
        var wire = wire
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let place = Int.random(in: 0..<wire.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: wire[place] = bytes.randomElement(using: &random) ?? 0
            case 1: wire.insert(bytes.randomElement(using: &random) ?? 0, at: place)
            case 2: if wire.count > 1 { wire.remove(at: place) }
            default:
                let end = min(place + Int.random(in: 1...12, using: &random), wire.count)
                let piece = wire[place..<end]
                wire.insert(contentsOf: piece, at: Int.random(in: 0...wire.count, using: &random))
            }
        }
        return wire
    }

    @Test func piecesAgreeAndForwardingKeepsTheMeaning() throws {
        var random = SeededGenerator(seed: 9112)
        var forwarded = 0
        let rounds = 40_000
        for round in 0..<rounds {
            let wire = Self.mutate(Array(Self.heads[round % Self.heads.count].utf8), with: &random)
            let whole = parseRequest(wire)
            let cut = Int.random(in: 0...wire.count, using: &random)
            #expect(parseRequest(wire, cuts: [cut]) == whole)
            #expect(parseRequest(wire, cuts: Array(0..<wire.count)) == whole)
            if case .head = whole, Self.forwardKeepsMeaning(of: wire) { forwarded += 1 }
        }
        // Else the mutations are too rough to say anything.
        #expect(forwarded > rounds / 20)
    }

    /// Reads a message, writes it as a gateway does, and reads it again.
    ///
    /// - Returns: False when the message is refused or incomplete.
    static func forwardKeepsMeaning(of wire: [UInt8]) -> Bool {
        guard let first = read(wire) else { return false }
        guard let second = read(first.forwarded) else {
            Issue.record("what was forwarded for \(wire) is refused")
            return false
        }
        #expect(second.content == first.content && second.method == first.method)
        #expect(second.originForm == first.originForm && second.host == first.host)
        #expect(second.rest == 0)
        return true
    }

    struct Message {
        var method: String
        var originForm: String
        var host: String
        var content: String
        var rest: Int
        var forwarded: [UInt8]
    }

    static func read(_ wire: [UInt8]) -> Message? {
        var parser = RequestParser()
        var head = RequestHead()
        return withView(of: wire) { input in
            guard let consumed = try? parser.parse(input, limits: HTTPLimits(), into: &head),
                let framing = try? MessageFraming.request(&head),
                (try? HopByHop.mark(&head.fields)) != nil, head.form != .authority,
                let host = head.authority.map(text)
            else { return nil }
            let body = input[consumed...].array
            let outcome = decodeBody(body, framing.body, pieces: [body.count])
            guard outcome == decodeBody(body, framing.body, pieces: body.map { _ in 1 } + [0]),
                case .end(let content, let rest) = outcome
            else { return nil }
            return Message(
                method: text(head.method), originForm: originForm(of: head),
                host: host, content: content, rest: rest,
                forwarded: forward(head, host, framing.body, content))
        }
    }

    static func originForm(of head: borrowing RequestHead) -> String {
        var output = ByteBuffer()
        head.appendOriginForm(to: &output)
        return text(output.view)
    }

    static func forward(
        _ head: borrowing RequestHead, _ host: String, _ length: BodyLength, _ content: String
    ) -> [UInt8] {
        var output = ByteBuffer()
        HeadWriter.appendRequestLine(forwarding: head, to: &output)
        withView(of: host) { HeadWriter.appendField("Host", $0, to: &output) }
        let skipped = KnownFieldSet.framing.union(KnownFieldSet(.host))
        HeadWriter.appendFields(of: head.fields, skipping: skipped, to: &output)
        HeadWriter.appendFraming(length, to: &output)
        HeadWriter.appendEnd(to: &output)
        switch length {
        case .none, .untilClose: break
        case .length: output.append(contentsOf: latin1(content))
        case .chunked:
            if !content.isEmpty {
                ChunkedEncoder.appendChunkHead(bytes: content.unicodeScalars.count, to: &output)
                output.append(contentsOf: latin1(content))
                ChunkedEncoder.appendChunkTail(to: &output)
            }
            ChunkedEncoder.appendEnd(to: &output)
        }
        return output.view.array
    }
}
