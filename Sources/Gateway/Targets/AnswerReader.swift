// The answer of a target, out of the bytes that come.

internal import Bytes
internal import HTTP1
internal import HTTPMessage
internal import RemoteInspection

/// Reads one response: its head, its body as far as that is looked at, and the level in them.
struct AnswerReader: ~Copyable {
    enum Progress: Equatable {
        case needsMore
        case level(RiskLevel)
        /// A response that can not be framed, or no answer to a question.
        case unreadable
    }

    private let method: RequestMethod
    private let limits: HTTPLimits
    private var inbox = ByteBuffer()
    private var parser = ResponseParser()
    private var head = ResponseHead()
    private var framing: MessageFraming?
    private var decoder: BodyDecoder
    private var body = ByteBuffer()
    /// Bytes came that belong to no answer, or the rest of one is not worth reading.
    private var isDistrusted = false

    /// - Parameter method: Of the question.
    init(method: RequestMethod, limits: HTTPLimits) {
        self.method = method
        self.limits = limits
        decoder = BodyDecoder(.none, limits: limits)
    }

    /// Whether a final head has come.
    var hasHead: Bool { framing != nil }

    /// Whether the connection may carry another question once the level is known.
    var mayReuse: Bool {
        guard let framing, !isDistrusted else { return false }
        return !framing.closesAfterwards && framing.body != .untilClose
    }

    /// Takes what was received.
    mutating func take(_ bytes: ByteView) throws(HTTP1Error) -> Progress {
        guard framing == nil else { return try readBody(bytes) }
        inbox.append(bytes)
        // Taken out while it is parsed: the parser changes the head.
        var received = ByteBuffer()
        swap(&received, &inbox)
        var offset = 0
        while framing == nil {
            guard let length = try parser.parse(received.view[offset...], limits: limits, into: &head) else {
                inbox.append(received.view[offset...])
                return .needsMore
            }
            offset += length
            guard !head.isInterim else { continue }
            guard let found = try? MessageFraming.response(&head, to: method), head.status != 101 else {
                return .unreadable
            }
            framing = found
            decoder = BodyDecoder(found.body, limits: limits)
        }
        return try readBody(received.view[offset...])
    }

    /// The connection has ended: the level of an answer whose body ends with it, else nil.
    func levelAtEnd() -> RiskLevel? { framing?.body == .untilClose ? level : nil }

    private mutating func readBody(_ input: ByteView) throws(HTTP1Error) -> Progress {
        var offset = 0
        while true {
            switch try decoder.decode(input, from: offset) {
            case .data(let range):
                body.append(input[range])
                offset = range.upperBound
                guard body.count <= TargetAnswer.bodyLimit else {
                    isDistrusted = true
                    return .level(level)
                }
            case .needsMore: return .needsMore
            case .end(let consumed):
                if consumed < input.count { isDistrusted = true }
                return .level(level)
            }
        }
    }

    private var level: RiskLevel {
        let type = head.fields.first(.contentType) ?? .empty
        let isJSON = type.firstRange(of: ByteView("json")) != nil
        return TargetAnswer.level(
            status: head.status, field: head.fields.first(TargetAnswer.fieldName),
            body: isJSON ? body.view : nil)
    }
}
