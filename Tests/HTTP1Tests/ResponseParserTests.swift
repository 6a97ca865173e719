import HTTP1
import HTTPMessage
import Testing

@Suite("Response head: RFC 9112 sections 4 and 5") struct ResponseParserTests {
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
    }

    static let rows = [
        Row("HTTP/1.1 200 OK\r\nA: b\r\n\r\nrest", start: ["200", "OK", "1.1"], fields: ["A=b"], rest: 4),
        Row("HTTP/1.0 404 Not Found\r\n\r\n", start: ["404", "Not Found", "1.0"]),
        Row("HTTP/1.1 200 \r\n\r\n", start: ["200", "", "1.1"]),
        Row("HTTP/1.1 200\r\n\r\n", start: ["200", "", "1.1"]),
        Row("HTTP/1.1 200  a\tb \u{e4}\r\n\r\n", start: ["200", " a\tb \u{e4}", "1.1"]),
        Row("HTTP/1.1 999 x\r\n\r\n", start: ["999", "x", "1.1"]),
        Row(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", start: ["100", "Continue", "1.1"],
            rest: 19),
        Row("\r\nHTTP/1.1 200 OK\r\n\r\n", refused: .malformedStatusLine),
        Row("ICY 200 OK\r\n\r\n", refused: .malformedStatusLine),
        Row("HTTP/1.1\r\n\r\n", refused: .malformedStatusLine),
        Row("HTTP/1.1 20\r\n\r\n", refused: .malformedStatusLine),
        Row("HTTP/1.1 20x OK\r\n\r\n", refused: .malformedStatusLine),
        Row("HTTP/1.1 2000 OK\r\n\r\n", refused: .malformedStatusLine),
        Row("HTTP/1.1 099 OK\r\n\r\n", refused: .malformedStatusLine),
        Row("HTTP/1.1 +20 OK\r\n\r\n", refused: .malformedStatusLine),
        Row("HTTP/1.1  200 OK\r\n\r\n", refused: .malformedStatusLine),
        Row("HTTP/1.1\t200 OK\r\n\r\n", refused: .malformedStatusLine),
        Row("HTTP/1.1 200\tOK\r\n\r\n", refused: .malformedStatusLine),
        Row("HTTP/1.1 200 O\u{0}K\r\n\r\n", refused: .malformedStatusLine),
        Row("HTTP/1.1 200 O\rK\r\n\r\n", refused: .bareCarriageReturn),
        Row("HTTP/2.0 200 OK\r\n\r\n", refused: .unsupportedVersion),
        Row("HTTX/1.1 200 OK\r\n\r\n", refused: .invalidVersion),
        Row("HTTP/1.1 200 OK\n\n", refused: .bareLineFeed),
        Row("HTTP/1.1 200 OK\r\nA: b\n\r\n", refused: .bareLineFeed),
        Row("HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n", refused: .obsoleteFold),
        Row("HTTP/1.1 200 OK\r\nA : b\r\n\r\n", refused: .blankInFieldName),
        Row(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding\u{b}: chunked\r\n\r\n",
            refused: .invalidFieldName(byte: 0x0B)),
    ]

    @Test(arguments: rows) func parses(_ row: Row) {
        #expect(parseResponse(latin1(row.wire)) == row.want)
    }

    @Test(arguments: rows) func piecesChangeNothing(_ row: Row) {
        let wire = latin1(row.wire)
        for cut in 0...wire.count { #expect(parseResponse(wire, cuts: [cut]) == row.want) }
        #expect(parseResponse(wire, cuts: Array(0..<wire.count)) == row.want)
    }

    @Test(arguments: rows) func prefixesAreNoHeads(_ row: Row) {
        let wire = latin1(row.wire)
        let end = if case .head(let head) = row.want { head.consumed } else { wire.count }
        for cut in 0..<end {
            let early = parseResponse(Array(wire[..<cut]))
            #expect(early == .needsMore || early == row.want)
        }
    }
}
