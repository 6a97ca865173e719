// Reading response heads: RFC 9112 sections 2, 4 and 5.

package import Bytes
package import HTTPMessage

/// Reads one response head after the other from the front of what an upstream sent.
///
/// Interim responses are heads like any other; the caller goes on behind them. As strict as with
/// requests, but for the reason phrase, which may be empty and whose blank may be missing.
package struct ResponseParser: Sendable {
    private var scanner = HeadScanner()
    private var hasLine = false

    package init() {}

    /// As ``RequestParser/parse(_:limits:into:)``.
    package mutating func parse(
        _ input: ByteView, limits: HTTPLimits, into head: inout ResponseHead
    ) throws(HTTP1Error) -> Int? {
        do throws(HTTP1Error) {
            guard let end = try advance(input, limits: limits, into: &head) else { return nil }
            self = ResponseParser()
            return end
        } catch {
            self = ResponseParser()
            throw error
        }
    }

    private mutating func advance(
        _ input: ByteView, limits: HTTPLimits, into head: inout ResponseHead
    ) throws(HTTP1Error) -> Int? {
        if !hasLine {
            head.reset()
            guard input.isEmpty || input[0] == ASCII.byte("H") else { throw .malformedStatusLine }
            guard
                let line = try scanner.nextLine(
                    in: input, limit: limits.maxHeadBytes,
                    tooLong: .headTooLong(limit: limits.maxHeadBytes))
            else { return nil }
            hasLine = true
            head.begin(line: input[..<scanner.lineStart], count: line.count)
            try StatusLine.parse(input[line], into: &head)
        }
        return try scanner.readFields(in: input, limits: limits, into: &head.fields)
    }
}
