// A response on its way to the client: its head, how its body is framed on both sides, what is
// held of it.

internal import Bytes
internal import HTTP1
internal import HTTPMessage
internal import Inspection

/// The response of one exchange.
struct ResponseRelay: ~Copyable {
    /// How the body is framed towards the client.
    enum ClientFraming: Equatable {
        /// No body, or its length is in the head.
        case plain
        case chunked
        /// An HTTP/1.0 client and a body of unknown length: the end of the connection.
        case untilClose
    }

    var head = ResponseHead()
    private var parser = ResponseParser()
    /// Received bytes of a head that is not complete yet.
    var inbox = ByteBuffer()
    /// Content that is held for inspection.
    var held = HeldBody()
    var clientFraming = ClientFraming.plain
    /// How the body is framed towards the client where that is `plain`.
    var clientLength = BodyLength.none
    /// What rules put around the content.
    var injection = ContentInjection()
    var interimCount = 0
    private(set) var body = BodyLength.none
    private var decoder = BodyDecoder(.none, limits: HTTPLimits())
    /// Whether the server's connection may be used again after the body.
    private(set) var upstreamPersists = false

    /// Reads a head at the front of `bytes`; nil when it is incomplete.
    mutating func parseHead(_ bytes: ByteView, limits: HTTPLimits) throws(HTTP1Error) -> Int? {
        try parser.parse(bytes, limits: limits, into: &head)
    }

    /// Another head follows.
    mutating func expectHead() { parser = ResponseParser() }

    /// The head is complete and its body begins.
    mutating func beginBody(_ framing: MessageFraming, limits: HTTPLimits) {
        body = framing.body
        decoder = BodyDecoder(framing.body, limits: limits)
        upstreamPersists = !framing.closesAfterwards && framing.body != .untilClose
    }

    /// Bytes came behind the end of the response: nobody knows whose answer they are.
    mutating func distrustUpstream() { upstreamPersists = false }

    mutating func decode(_ input: ByteView, from offset: Int) throws(HTTP1Error) -> BodyStep {
        try decoder.decode(input, from: offset)
    }

    var hasBody: Bool { body != .none && body != .length(0) }

    mutating func reset() {
        head.reset()
        parser = ResponseParser()
        inbox.removeAll(keepingCapacity: false)
        held.reset()
        clientFraming = .plain
        clientLength = .none
        injection = ContentInjection()
        interimCount = 0
        body = .none
        decoder = BodyDecoder(.none, limits: HTTPLimits())
        upstreamPersists = false
    }
}
