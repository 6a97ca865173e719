// A body of any framing: RFC 9112 section 6.3.

package import Bytes
package import HTTPMessage

/// Takes the content of a body from where it lies, whatever says where it ends.
package struct BodyDecoder: Sendable {
    private enum Framing {
        case length
        case chunked(ChunkedDecoder)
        case untilClose
    }

    private var framing: Framing
    /// Bytes still to come of a body whose length is known; 0 otherwise.
    private var remaining = 0
    /// Bytes of content handed out so far.
    package private(set) var contentBytes = 0

    package init(_ length: BodyLength, limits: HTTPLimits) {
        switch length {
        case .none: framing = .length
        case .length(let bytes):
            precondition(bytes >= 0, "a body can not have a negative length")
            framing = .length
            remaining = bytes
        case .chunked: framing = .chunked(ChunkedDecoder(limits: limits))
        case .untilClose: framing = .untilClose
        }
    }

    /// Whether the body's end has been seen; never so when it is the connection's end.
    package var isComplete: Bool {
        switch framing {
        case .length: remaining == 0
        case .chunked(let decoder): decoder.isComplete
        case .untilClose: false
        }
    }

    /// Bytes of content still to come; nil when nobody knows.
    package var remainingBytes: Int? {
        switch framing {
        case .length: remaining
        case .chunked, .untilClose: nil
        }
    }

    /// Decodes from `start` on. Behind the end it says `.end(consumedTo: start)` again.
    package mutating func decode(_ input: ByteView, from start: Int) throws(HTTP1Error) -> BodyStep {
        precondition(start >= 0 && start <= input.count, "start outside the input")
        let step: BodyStep
        switch framing {
        case .length:
            if remaining == 0 { return .end(consumedTo: start) }
            guard start < input.count else { return .needsMore }
            let end = start + min(remaining, input.count - start)
            remaining -= end - start
            step = .data(start..<end)
        case .chunked(var decoder):
            step = try decoder.decode(input, from: start)
            framing = .chunked(decoder)
        case .untilClose:
            step = start < input.count ? .data(start..<input.count) : .needsMore
        }
        if case .data(let range) = step { contentBytes += range.count }
        return step
    }

    /// The peer closed its side.
    ///
    /// - Throws: `.truncatedBody` when the body was not over (RFC 9112 section 8).
    package func inputEnded() throws(HTTP1Error) {
        switch framing {
        case .untilClose: return
        case .length, .chunked:
            guard isComplete else { throw .truncatedBody }
        }
    }
}
