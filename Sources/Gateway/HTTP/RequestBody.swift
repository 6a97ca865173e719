// A request's body on its way: decoded from its framing, bounded, held or streamed.

internal import Bytes
internal import HTTP1
internal import HTTPMessage

/// The body of one request.
struct RequestBody: ~Copyable {
    /// How the body ends on the client's connection.
    private(set) var length = BodyLength.none
    private var decoder = BodyDecoder(.none, limits: HTTPLimits())
    /// Content that is held for inspection.
    var held = HeldBody()
    /// Bytes of content so far.
    private(set) var contentBytes = 0
    /// Most bytes of content; 0: no limit.
    private var limitBytes = 0
    private(set) var isComplete = true

    mutating func begin(_ length: BodyLength, limitBytes: Int, limits: HTTPLimits = HTTPLimits()) {
        self.length = length
        self.limitBytes = limitBytes
        decoder = BodyDecoder(length, limits: limits)
        isComplete = length == .none || length == .length(0)
        contentBytes = 0
    }

    mutating func reset() {
        held.reset()
        begin(.none, limitBytes: 0)
    }

    /// What came of a look at more bytes of the wire.
    enum Step: Equatable {
        /// Content lies here in the input; call again from its end.
        case content(Range<Int>)
        /// The input is used up to here and the body goes on.
        case needsMore(Int)
        /// The body ended here.
        case ended(Int)
        /// More content than the limit allows.
        case tooLarge
    }

    mutating func next(_ input: ByteView, from offset: Int) throws(HTTP1Error) -> Step {
        switch try decoder.decode(input, from: offset) {
        case .data(let range):
            contentBytes += range.count
            if limitBytes > 0, contentBytes > limitBytes { return .tooLarge }
            return .content(range)
        case .needsMore:
            return .needsMore(input.count)
        case .end(let consumed):
            isComplete = true
            return .ended(consumed)
        }
    }
}
