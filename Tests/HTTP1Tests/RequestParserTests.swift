import Bytes
import HTTP1
import HTTPMessage
import Testing

@Suite("Request head: RFC 9112 sections 2, 3 and 5") struct RequestParserTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var wire: String
        var want: HeadOutcome
        var testDescription: String { wire.debugDescription }

        init(_ wire: String, start: [String], fields: [String] = [], rest: Int = 0) {
            self.wire = wire
            want = .head(
                ParsedHead(start: start, fields: fields, consumed: wire.unicodeScalars.count - rest))
        }

        init(_ wire: String, refused error: HTTP1Error) {
            self.wire = wire
            want = .refused(error)
        }

        init(needsMore wire: String) {
            self.wire = wire
            want = .needsMore
        }
    }

    static let accepted = [
        Row("GET / HTTP/1.1\r\n\r\n", start: ["GET", "/", "1.1"]),
        Row("GET / HTTP/1.0\r\n\r\n", start: ["GET", "/", "1.0"]),
        Row("GET / HTTP/1.9\r\n\r\n", start: ["GET", "/", "1.1"]),
        Row("\r\nGET / HTTP/1.1\r\nA: b\r\n\r\n", start: ["GET", "/", "1.1"], fields: ["A=b"]),
        Row(
            "GET / HTTP/1.1\r\nA:b\r\nB:\r\nC: \r\nd: \t e f\t \r\n\r\nmore", start: ["GET", "/", "1.1"],
            fields: ["A=b", "B=", "C=", "d=e f"], rest: 4),
        Row(
            "M-S_!#$%&'*+.^`|~0 /\u{e9}\u{ff}?\"<>[]{}|\\^` HTTP/1.1\r\n\r\n",
            start: ["M-S_!#$%&'*+.^`|~0", "/\u{e9}\u{ff}?\"<>[]{}|\\^`", "1.1"]),
        Row(
            "GET / HTTP/1.1\r\nA: \u{80}\u{ff}\tb:c\r\n\r\n", start: ["GET", "/", "1.1"],
            fields: ["A=\u{80}\u{ff}\tb:c"]),
        Row(
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n\r\nGET", start: ["GET", "/", "1.1"], fields: ["Host=a"],
            rest: 5),
        Row("OPTIONS * HTTP/1.1\r\n\r\n", start: ["OPTIONS", "*", "1.1"]),
        Row("CONNECT a:443 HTTP/1.1\r\n\r\n", start: ["CONNECT", "a:443", "1.1"]),
        Row("GET / HTTP/2.0\r\nA: b\r\n\r\n", start: ["GET", "/", "later"], fields: ["A=b"]),
        Row("GET / HTTP/9.9\r\n\r\n", start: ["GET", "/", "later"]),
        Row("GET /a?b\r\nHost: a\r\n\r\n", start: ["GET", "/a?b", "0.9"], rest: 11),
        Row("GET / \r\n", start: ["GET", "/", "0.9"]),
    ]

    static let incomplete = [
        Row(needsMore: ""), Row(needsMore: "\r"), Row(needsMore: "\r\n"), Row(needsMore: "G"),
        Row(needsMore: "GET / HTTP/1.1\r\nA: b\r\n"), Row(needsMore: "GET / HTTP/1.1\r\nA: b\r\n\r"),
    ]

    static let startLines = [
        Row("\r\n\r\nGET / HTTP/1.1\r\n\r\n", refused: .repeatedEmptyLine),
        Row("\rGET / HTTP/1.1\r\n\r\n", refused: .bareCarriageReturn),
        Row("\nGET / HTTP/1.1\r\n\r\n", refused: .bareLineFeed),
        Row(" GET / HTTP/1.1\r\n\r\n", refused: .invalidMethod),
        Row("\u{16}\u{3}\u{1}", refused: .invalidMethod),
        Row("G\u{0}T / HTTP/1.1\r\n\r\n", refused: .invalidMethod),
        Row("G\u{e4}T / HTTP/1.1\r\n\r\n", refused: .invalidMethod),
        Row("GET\t/ HTTP/1.1\r\n\r\n", refused: .invalidMethod),
        Row("GET\r\n\r\n", refused: .malformedRequestLine),
        Row("GET \r\n\r\n", refused: .malformedRequestLine),
        Row("POST /\r\n\r\n", refused: .malformedRequestLine),
        Row("POST / \r\n\r\n", refused: .malformedRequestLine),
        Row("GET /  \r\n\r\n", refused: .malformedRequestLine),
        Row("GET  / HTTP/1.1\r\n\r\n", refused: .malformedRequestLine),
        Row("GET /  HTTP/1.1\r\n\r\n", refused: .malformedRequestLine),
        Row("GET / HTTP/1.1 \r\n\r\n", refused: .malformedRequestLine),
        Row("GET /a b HTTP/1.1\r\n\r\n", refused: .malformedRequestLine),
        Row("GET /\tb HTTP/1.1\r\n\r\n", refused: .invalidTarget),
        Row("GET /\u{0} HTTP/1.1\r\n\r\n", refused: .invalidTarget),
        Row("GET /aaaaaaaaaa\u{1f} HTTP/1.1\r\n\r\n", refused: .invalidTarget),
        Row("GET /\u{7f} HTTP/1.1\r\n\r\n", refused: .invalidTarget),
        Row("GET /\r HTTP/1.1\r\n\r\n", refused: .bareCarriageReturn),
        Row("GET a HTTP/1.1\r\n\r\n", refused: .invalidTarget),
        Row("GET * HTTP/1.1\r\n\r\n", refused: .invalidTarget),
        Row("GET http://u@h/ HTTP/1.1\r\n\r\n", refused: .invalidTarget),
        Row("CONNECT / HTTP/1.1\r\n\r\n", refused: .invalidTarget),
        Row("GET / http/1.1\r\n\r\n", refused: .invalidVersion),
        Row("GET / HTTP/1.1x\r\n\r\n", refused: .invalidVersion),
        Row("GET / HTTP/11\r\n\r\n", refused: .invalidVersion),
        Row("GET / HTTP/1.10\r\n\r\n", refused: .invalidVersion),
        Row("GET / HTTP/1,1\r\n\r\n", refused: .invalidVersion),
        Row("GET / HTTP/x.1\r\n\r\n", refused: .invalidVersion),
        Row("GET / ICY/1.1\r\n\r\n", refused: .invalidVersion),
        Row("GET / HTTP/0.9\r\n\r\n", refused: .invalidVersion),
        Row("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", refused: .unsupportedVersion),
        Row("GET / HTTP/1.1\n\r\n", refused: .bareLineFeed),
        Row("GET / HTTP/1.1\r\r\n\r\n", refused: .invalidVersion),
    ]

    static let fieldLines = [
        Row("GET / HTTP/1.1\r\nA: b\n\r\n", refused: .bareLineFeed),
        Row("GET / HTTP/1.1\r\nA: b\nB: c\r\n\r\n", refused: .bareLineFeed),
        Row("GET / HTTP/1.1\r\nA: b\r\n\n", refused: .bareLineFeed),
        Row("GET / HTTP/1.1\r\nA: b\rB: c\r\n\r\n", refused: .bareCarriageReturn),
        Row("GET / HTTP/1.1\r\nA: b\r\r\n\r\n", refused: .bareCarriageReturn),
        Row("GET / HTTP/1.1\r\n\rA: b\r\n\r\n", refused: .bareCarriageReturn),
        Row("GET / HTTP/1.1\r\nA\r: b\r\n\r\n", refused: .bareCarriageReturn),
        Row("GET / HTTP/1.1\r\n A: b\r\n\r\n", refused: .obsoleteFold),
        Row("GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n", refused: .obsoleteFold),
        Row("GET / HTTP/1.1\r\nA: b\r\n\tc: d\r\n\r\n", refused: .obsoleteFold),
        Row("GET / HTTP/1.1\r\nA: b\r\n \r\n\r\n", refused: .obsoleteFold),
        Row("GET / HTTP/1.1\r\n: b\r\n\r\n", refused: .emptyFieldName),
        Row("GET / HTTP/1.1\r\nA : b\r\n\r\n", refused: .blankInFieldName),
        Row("GET / HTTP/1.1\r\nA\t: b\r\n\r\n", refused: .blankInFieldName),
        Row("GET / HTTP/1.1\r\nA B: b\r\n\r\n", refused: .blankInFieldName),
        Row("GET / HTTP/1.1\r\nA\r\n\r\n", refused: .missingColon),
        Row("GET / HTTP/1.1\r\nA(B: b\r\n\r\n", refused: .invalidFieldName(byte: 0x28)),
        Row("GET / HTTP/1.1\r\nA\u{0}: b\r\n\r\n", refused: .invalidFieldName(byte: 0)),
        Row("GET / HTTP/1.1\r\nA\u{0b}: b\r\n\r\n", refused: .invalidFieldName(byte: 0x0B)),
        Row("GET / HTTP/1.1\r\n\u{e4}: b\r\n\r\n", refused: .invalidFieldName(byte: 0xE4)),
        Row("GET / HTTP/1.1\r\nA: b\u{0}c\r\n\r\n", refused: .controlInFieldValue(byte: 0)),
        Row("GET / HTTP/1.1\r\nA: \u{0b}b\r\n\r\n", refused: .controlInFieldValue(byte: 0x0B)),
        Row("GET / HTTP/1.1\r\nA: 123456789\u{7f}\r\n\r\n", refused: .controlInFieldValue(byte: 0x7F)),
        Row("GET / HTTP/1.1\r\nA: \u{c}\r\n\r\n", refused: .controlInFieldValue(byte: 0x0C)),
    ]

    static let rows = accepted + incomplete + startLines + fieldLines

    @Test(arguments: rows) func parses(_ row: Row) {
        #expect(parseRequest(latin1(row.wire)) == row.want)
    }

    /// Two pieces, cut anywhere, and one byte at a time: the same answer as the whole.
    @Test(arguments: rows) func piecesChangeNothing(_ row: Row) {
        let wire = latin1(row.wire)
        for cut in 0...wire.count { #expect(parseRequest(wire, cuts: [cut]) == row.want) }
        #expect(parseRequest(wire, cuts: Array(0..<wire.count)) == row.want)
    }

    /// A cut head gives a wait or the same refusal as the whole, never a head.
    @Test(arguments: rows) func prefixesAreNoHeads(_ row: Row) {
        let wire = latin1(row.wire)
        guard case .head(let head) = row.want else {
            for cut in 0..<wire.count {
                let early = parseRequest(Array(wire[..<cut]))
                #expect(early == .needsMore || early == row.want)
            }
            return
        }
        for cut in 0..<head.consumed { #expect(parseRequest(Array(wire[..<cut])) == .needsMore) }
    }

    @Test func readsPipelinedHeadsIntoOneValue() throws {
        let wire = "GET /1 HTTP/1.1\r\nHost: a\r\nCookie: x\r\n\r\nPOST /2 HTTP/1.0\r\nX: y\r\n\r\n"
        var parser = RequestParser()
        var head = RequestHead()
        try withView(of: wire) { input in
            let first = try #require(try parser.parse(input, limits: HTTPLimits(), into: &head))
            #expect(head.requestLine.string == "GET /1 HTTP/1.1")
            #expect(head.fields.contains(.cookie) == true)
            let second = try parser.parse(input[first...], limits: HTTPLimits(), into: &head)
            #expect(second == input.count - first)
            #expect(head.requestLine.string == "POST /2 HTTP/1.0" && head.knownMethod == .post)
            #expect(head.fields.count == 1 && !head.fields.contains(.cookie))
        }
    }

    struct LogRow: Sendable, CustomTestStringConvertible {
        var wire: String
        var line: String
        var method: String
        var target: String
        var fields: [String] = []
        var testDescription: String { wire.debugDescription }
    }

    @Test(
        "What was read before the fault is there for the log",
        arguments: [
            LogRow(wire: "G(T / HTTP/1.1\r\n", line: "G(T / HTTP/1.1", method: "G", target: ""),
            LogRow(wire: "POST /a\r\n", line: "POST /a", method: "POST", target: "/a"),
            LogRow(wire: "GET a HTTP/1.1\r\n", line: "GET a HTTP/1.1", method: "GET", target: "a"),
            LogRow(wire: "GET /a HTTP/x.0\r\n", line: "GET /a HTTP/x.0", method: "GET", target: "/a"),
            LogRow(
                wire: "\r\nGET /a HTTP/1.1\r\nHost: h\r\nUser-Agent: u\r\n x\r\n", line: "GET /a HTTP/1.1",
                method: "GET", target: "/a", fields: ["Host=h", "User-Agent=u"]),
            LogRow(
                wire: "GET /a HTTP/1.1\r\nHost: h\r\nB: \n", line: "GET /a HTTP/1.1",
                method: "GET", target: "/a", fields: ["Host=h"]),
        ])
    func keepsWhatWasRead(_ row: LogRow) {
        for step in [1, 7, row.wire.utf8.count] {
            var parser = RequestParser()
            var head = RequestHead()
            var isRefused = false
            withView(of: row.wire) { input in
                var end = 0
                while !isRefused, end < input.count {
                    end = min(end + step, input.count)
                    do throws(HTTP1Error) {
                        _ = try parser.parse(input[..<end], limits: HTTPLimits(), into: &head)
                    } catch { isRefused = true }
                }
            }
            #expect(isRefused)
            #expect(head.requestLine.string == row.line)
            #expect(head.method.string == row.method)
            #expect(head.target.string == row.target)
            #expect(HTTP1Tests.fieldLines(head.fields) == row.fields)
        }
    }
}
