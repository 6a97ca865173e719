// Where a message ends and whether its connection outlives it: RFC 9112 sections 6.3 and 9.3.

internal import Bytes

/// How the end of a body is found.
package enum BodyLength: Equatable, Sendable {
    /// No body follows the head.
    case none
    /// Bytes; may be 0.
    case length(Int)
    case chunked
    /// Responses only.
    case untilClose
}

/// What a head says about the body behind it and about the connection.
///
/// Stricter than the RFC where two readers could differ: a message that another server might end
/// somewhere else is refused, never repaired.
package struct MessageFraming: Equatable, Sendable {
    package var body: BodyLength
    /// Nothing may be read from the connection behind this message.
    package var closesAfterwards: Bool

    package init(body: BodyLength, closesAfterwards: Bool) {
        self.body = body
        self.closesAfterwards = closesAfterwards
    }

    /// Judges Host, the framing fields and Connection of a request.
    ///
    /// Content-Length beside `chunked` is taken out of the head (RFC 9112 section 6.3, rule 3).
    package static func request(_ head: inout RequestHead) throws(FramingError) -> MessageFraming {
        switch head.version {
        case .http10, .http11: break
        case .http09: throw .missingVersion
        case .later: throw .unsupportedVersion
        }
        try HostRule.check(&head)
        guard !head.target.contains(ASCII.byte("#")) else { throw .fragmentInTarget }
        let length = try contentLength(in: head.fields)
        var closes = closesByConnection(head.fields, version: head.version)
        if try isChunked(head.fields, version: head.version) {
            if length != nil {
                head.fields.removeAll(.contentLength)
                closes = true
            }
            return MessageFraming(body: .chunked, closesAfterwards: closes)
        }
        return MessageFraming(body: length.map { .length($0) } ?? .none, closesAfterwards: closes)
    }

    /// Judges the framing fields and Connection of a response.
    ///
    /// - Parameter method: Of the request that is answered. A 2xx to CONNECT has a body like any
    ///   other here: the gateway opens no tunnels for CONNECT.
    package static func response(
        _ head: inout ResponseHead, to method: RequestMethod
    ) throws(FramingError) -> MessageFraming {
        var closes = closesByConnection(head.fields, version: head.version)
        let length = try contentLength(in: head.fields)
        let chunked = try isChunked(head.fields, version: head.version)
        if chunked, length != nil {
            head.fields.removeAll(.contentLength)
            closes = true
        }
        if method == .head || hasNoBody(head.status) {
            return MessageFraming(body: .none, closesAfterwards: closes)
        }
        if chunked { return MessageFraming(body: .chunked, closesAfterwards: closes) }
        if let length { return MessageFraming(body: .length(length), closesAfterwards: closes) }
        return MessageFraming(body: .untilClose, closesAfterwards: true)
    }

    /// RFC 9112 section 6.3, rule 1.
    private static func hasNoBody(_ status: Int) -> Bool {
        (100..<200).contains(status) || status == 204 || status == 304
    }

    /// RFC 9112 section 9.3: 1.1 stays open unless told otherwise, 1.0 only when both agree.
    private static func closesByConnection(
        _ fields: borrowing HeaderFields, version: HTTPVersion
    ) -> Bool {
        switch version {
        case .http09, .later: true
        case .http11: fields.containsToken(.connection, "close")
        case .http10:
            fields.containsToken(.connection, "close")
                || !fields.containsToken(.connection, "keep-alive")
        }
    }

    /// The value of Content-Length: one line of digits (RFC 9110 section 8.6). The list of equal
    /// values that the RFC lets a recipient merge is refused.
    private static func contentLength(in fields: borrowing HeaderFields) throws(FramingError) -> Int? {
        guard let value = fields.first(.contentLength) else { return nil }
        guard !fields.isRepeated(.contentLength) else { throw .repeatedContentLength }
        guard !value.isEmpty else { throw .malformedContentLength }
        var length = 0
        var overflows = false
        for index in value.indices {
            guard ASCII.isDigit(value[index]) else { throw .malformedContentLength }
            let digit = Int(value[index] - ASCII.byte("0"))
            let (scaled, overflow) = length.multipliedReportingOverflow(by: 10)
            let (sum, carry) = scaled.addingReportingOverflow(digit)
            overflows = overflows || overflow || carry
            length = sum
        }
        guard !overflows else { throw .contentLengthOverflow }
        return length
    }

    /// Whether Transfer-Encoding is there and says exactly `chunked` (RFC 9112 section 6.1).
    private static func isChunked(
        _ fields: borrowing HeaderFields, version: HTTPVersion
    ) throws(FramingError) -> Bool {
        guard let value = fields.first(.transferEncoding) else { return false }
        guard version == .http11 else { throw .transferEncodingInHTTP10 }
        guard !fields.isRepeated(.transferEncoding) else { throw .malformedTransferEncoding }
        if value.equalsIgnoringASCIICase("chunked") { return true }
        throw isCodedBelowChunked(value) ? .unsupportedTransferCoding : .malformedTransferEncoding
    }

    /// `gzip, chunked` and the like: clear in meaning, but a body nobody here can read.
    private static func isCodedBelowChunked(_ value: ByteView) -> Bool {
        var codings = 0
        var isFinal = false
        for element in ListElements(value) {
            if isFinal { return false }
            if element.equalsIgnoringASCIICase("chunked") {
                isFinal = true
            } else {
                guard isRegisteredCoding(element) else { return false }
                codings += 1
            }
        }
        return isFinal && codings > 0
    }

    private static func isRegisteredCoding(_ name: ByteView) -> Bool {
        name.equalsIgnoringASCIICase("gzip") || name.equalsIgnoringASCIICase("deflate")
            || name.equalsIgnoringASCIICase("compress") || name.equalsIgnoringASCIICase("x-gzip")
            || name.equalsIgnoringASCIICase("x-compress")
    }
}
