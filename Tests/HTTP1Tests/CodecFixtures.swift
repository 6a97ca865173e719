// What a parser made of some bytes, in a form that can be compared.

import Bytes
import HTTP1
import HTTPMessage

/// Calls `body` with a view of the bytes.
func withView<R>(of bytes: [UInt8], _ body: (ByteView) throws -> R) rethrows -> R {
    // SAFETY: the array lives during the call.
    try unsafe bytes.withUnsafeBytes { try unsafe body(ByteView(unowned: $0)) }
}

func withView<R>(of text: String, _ body: (ByteView) throws -> R) rethrows -> R {
    try withView(of: latin1(text), body)
}

/// Each scalar up to U+00FF as one byte.
func latin1(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8($0.value) } }

struct ParsedHead: Equatable, Sendable {
    var start: [String]
    var fields: [String]
    var consumed: Int
}

enum HeadOutcome: Equatable, Sendable {
    case needsMore
    case head(ParsedHead)
    case refused(HTTP1Error)
}

func versionText(_ version: HTTPVersion) -> String {
    switch version {
    case .http09: "0.9"
    case .http10: "1.0"
    case .http11: "1.1"
    case .later: "later"
    }
}

func fieldLines(_ fields: borrowing HeaderFields) -> [String] {
    var lines: [String] = []
    for index in fields.indices { lines.append("\(text(fields.name(index)))=\(text(fields.value(index)))") }
    return lines
}

func text(_ view: ByteView) -> String {
    var result = ""
    for byte in view.array { result.unicodeScalars.append(Unicode.Scalar(byte)) }
    return result
}

/// Shows the parser ever longer prefixes that end at `cuts` and then all.
func parseRequest(
    _ wire: [UInt8], cuts: [Int] = [], limits: HTTPLimits = HTTPLimits()
) -> HeadOutcome {
    var parser = RequestParser()
    var head = RequestHead()
    return withView(of: wire) { input in
        for end in cuts + [input.count] {
            do throws(HTTP1Error) {
                guard let consumed = try parser.parse(input[..<end], limits: limits, into: &head)
                else { continue }
                let start = [text(head.method), text(head.target), versionText(head.version)]
                return .head(
                    ParsedHead(start: start, fields: fieldLines(head.fields), consumed: consumed))
            } catch { return .refused(error) }
        }
        return .needsMore
    }
}

func parseResponse(
    _ wire: [UInt8], cuts: [Int] = [], limits: HTTPLimits = HTTPLimits()
) -> HeadOutcome {
    var parser = ResponseParser()
    var head = ResponseHead()
    return withView(of: wire) { input in
        for end in cuts + [input.count] {
            do throws(HTTP1Error) {
                guard let consumed = try parser.parse(input[..<end], limits: limits, into: &head)
                else { continue }
                let start = [
                    "\(head.status)", text(head.reason), head.version == .http11 ? "1.1" : "1.0",
                ]
                return .head(
                    ParsedHead(start: start, fields: fieldLines(head.fields), consumed: consumed))
            } catch { return .refused(error) }
        }
        return .needsMore
    }
}

enum BodyOutcome: Equatable, Sendable {
    case needsMore(content: String)
    /// `rest`: bytes behind the body.
    case end(content: String, rest: Int)
    case refused(HTTP1Error)
}

/// Decodes a body whose bytes arrive in the given pieces, none of which is shown twice.
func decodeBody(
    _ wire: [UInt8], _ length: BodyLength = .chunked, pieces: [Int], limits: HTTPLimits = HTTPLimits()
) -> BodyOutcome {
    var decoder = BodyDecoder(length, limits: limits)
    var content = ""
    var start = 0
    for piece in pieces {
        let part = Array(wire[start..<(start + piece)])
        start += piece
        let outcome = withView(of: part) { input -> BodyOutcome? in
            var position = 0
            while true {
                do throws(HTTP1Error) {
                    switch try decoder.decode(input, from: position) {
                    case .data(let range):
                        content += text(input[range])
                        position = range.upperBound
                    case .needsMore: return nil
                    case .end(let consumed):
                        return .end(content: content, rest: wire.count - (start - piece) - consumed)
                    }
                } catch { return .refused(error) }
            }
        }
        if let outcome { return outcome }
    }
    return .needsMore(content: content)
}
