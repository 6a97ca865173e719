// Reading request heads: RFC 9112 sections 2, 3 and 5.

package import Bytes
package import HTTPMessage

/// Reads one request head after the other from the front of what a client sent.
///
/// The parser remembers how far it got with an incomplete head, and begins anew behind a complete
/// or a refused one. It allocates nothing once `head` has grown to the size that is needed.
package struct RequestParser: Sendable {
    private var scanner = HeadScanner()
    private var hasLine = false

    package init() {}

    /// Whether bytes of a head have been seen that is not complete yet.
    package var isInsideHead: Bool { scanner.hasSeenBytes }

    /// Reads the head at the front of `input`.
    ///
    /// - Parameter input: All bytes behind the previous message. While nil is returned it must
    ///   begin with the same bytes again and have more of them.
    /// - Returns: How many bytes the head took, nil when it is incomplete.
    /// - Throws: ``HTTP1Error`` as soon as the bytes present prove the head wrong; `head` holds
    ///   what could be read before the fault.
    package mutating func parse(
        _ input: ByteView, limits: HTTPLimits, into head: inout RequestHead
    ) throws(HTTP1Error) -> Int? {
        do throws(HTTP1Error) {
            guard let end = try advance(input, limits: limits, into: &head) else { return nil }
            self = RequestParser()
            return end
        } catch {
            self = RequestParser()
            throw error
        }
    }

    private mutating func advance(
        _ input: ByteView, limits: HTTPLimits, into head: inout RequestHead
    ) throws(HTTP1Error) -> Int? {
        if !hasLine {
            head.reset()
            guard try isAtLine(input) else { return nil }
            guard
                let line = try scanner.nextLine(
                    in: input, limit: min(limits.maxRequestLineBytes, limits.maxHeadBytes),
                    tooLong: .targetTooLong(limit: limits.maxTargetBytes))
            else { return nil }
            hasLine = true
            head.begin(line: input[line.lowerBound..<scanner.lineStart], count: line.count)
            try RequestLine.parse(input[line], limits: limits, into: &head)
            // Nothing but the line: what follows is no field of it.
            if head.version == .http09 { return scanner.lineStart }
        }
        return try scanner.readFields(in: input, limits: limits, into: &head.fields)
    }

    /// Passes over one empty line before the request line, which old clients send behind a body
    /// (RFC 9112 section 2.2), and refuses at once what can not begin a request: a TLS hello on a
    /// plain port need not wait for its time to run out.
    private mutating func isAtLine(_ input: ByteView) throws(HTTP1Error) -> Bool {
        if scanner.headStart == 0, !input.isEmpty, input[0] == ASCII.carriageReturn {
            guard input.count > 1 else { return false }
            guard input[1] == ASCII.lineFeed else { throw .bareCarriageReturn }
            scanner.skipEmptyLine()
        }
        guard scanner.headStart < input.count else { return false }
        let first = input[scanner.headStart]
        if ASCII.isToken(first) { return true }
        switch first {
        case ASCII.carriageReturn: throw .repeatedEmptyLine
        case ASCII.lineFeed: throw .bareLineFeed
        default: throw .invalidMethod
        }
    }
}
