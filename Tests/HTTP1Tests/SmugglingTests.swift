import Bytes
import HTTP1
import HTTPMessage
import Testing

/// Requests that two servers in a row may end at different places: RFC 9112 section 11.2.
@Suite("Request smuggling: RFC 9112 sections 6.1, 6.3 and 11.2") struct SmugglingTests {
    enum Outcome: Equatable, Sendable {
        case grammar(HTTP1Error)
        case framing(FramingError)
        /// Content of the body, bytes left for the next request, and whether none may follow.
        case request(content: String, rest: Int, closes: Bool)
        case needsMore
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var fields: String
        var body: String
        var want: Outcome
        var testDescription: String { fields.debugDescription + " " + body.debugDescription }

        init(_ fields: String, _ body: String = "", _ want: Outcome) {
            self.fields = fields
            self.body = body
            self.want = want
        }
    }

    static func judge(_ fields: String, _ body: String) -> Outcome {
        var parser = RequestParser()
        var head = RequestHead()
        return withView(of: "POST / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n\r\n\(body)") { input in
            do throws(HTTP1Error) {
                guard let consumed = try parser.parse(input, limits: HTTPLimits(), into: &head)
                else { return .needsMore }
                let framing: MessageFraming
                do throws(FramingError) {
                    framing = try MessageFraming.request(&head)
                } catch { return .framing(error) }
                if framing.body == .chunked { #expect(head.fields.contains(.contentLength) == false) }
                let rest = input[consumed...].array
                switch decodeBody(rest, framing.body, pieces: [rest.count]) {
                case .needsMore: return .needsMore
                case .refused(let error): throw error
                case .end(let content, let rest):
                    return .request(content: content, rest: rest, closes: framing.closesAfterwards)
                }
            } catch { return .grammar(error) }
        }
    }

    static let next = "GET /admin HTTP/1.1\r\nX: "

    static let rows = [
        // CL.TE and TE.CL: chunked wins and nothing may follow.
        Row(
            "Content-Length: 6\r\nTransfer-Encoding: chunked", "0\r\n\r\nG",
            .request(content: "", rest: 1, closes: true)),
        Row(
            "Transfer-Encoding: chunked\r\nContent-Length: 4", "5c\r\n" + next,
            .needsMore),
        Row(
            "Content-Length: 4\r\nTransfer-Encoding: chunked", "1\r\nZ\r\n0\r\n\r\n" + next,
            .request(content: "Z", rest: 24, closes: true)),
        // TE.TE: one spelling is hidden from one of the two.
        Row("Transfer-Encoding: chunked\r\nTransfer-Encoding: cow", "", .framing(.malformedTransferEncoding)),
        Row("Transfer-Encoding: cow\r\nTransfer-Encoding: chunked", "", .framing(.malformedTransferEncoding)),
        Row("Transfer-Encoding: xchunked", "", .framing(.malformedTransferEncoding)),
        Row("Transfer-Encoding: chunked, identity", "", .framing(.malformedTransferEncoding)),
        Row("Transfer-Encoding: identity, chunked", "", .framing(.malformedTransferEncoding)),
        Row("Transfer-Encoding: \"chunked\"", "", .framing(.malformedTransferEncoding)),
        Row("Transfer-Encoding: 'chunked'", "", .framing(.malformedTransferEncoding)),
        Row("Transfer-Encoding: chunked;x=y", "", .framing(.malformedTransferEncoding)),
        Row("Transfer-Encoding: gzip, chunked", "", .framing(.unsupportedTransferCoding)),
        Row("Transfer-Encoding:chunked", "0\r\n\r\n", .request(content: "", rest: 0, closes: false)),
        Row("Transfer-Encoding:\tchunked\t", "0\r\n\r\n", .request(content: "", rest: 0, closes: false)),
        Row("tRANSFER-eNCODING: cHUNKED", "0\r\n\r\n", .request(content: "", rest: 0, closes: false)),
        Row("Transfer-Encoding : chunked", "", .grammar(.blankInFieldName)),
        Row("Transfer-Encoding\t: chunked", "", .grammar(.blankInFieldName)),
        Row("Transfer Encoding: chunked", "", .grammar(.blankInFieldName)),
        Row("Transfer-Encoding:\u{b}chunked", "", .grammar(.controlInFieldValue(byte: 0x0B))),
        Row("Transfer-Encoding: chunked\u{c}", "", .grammar(.controlInFieldValue(byte: 0x0C))),
        Row("Transfer-Encoding: \u{0}chunked", "", .grammar(.controlInFieldValue(byte: 0))),
        Row("Transfer-Encoding: chunked\u{a0}", "", .framing(.malformedTransferEncoding)),
        Row("Transfer-Encoding\u{0}: chunked", "", .grammar(.invalidFieldName(byte: 0))),
        Row("\u{b}Transfer-Encoding: chunked", "", .grammar(.invalidFieldName(byte: 0x0B))),
        Row("Transfer-Encoding:\r\n chunked", "", .grammar(.obsoleteFold)),
        Row("Transfer-Encoding: chunked\r\n , identity", "", .grammar(.obsoleteFold)),
        Row(" Transfer-Encoding: chunked", "", .grammar(.obsoleteFold)),
        Row("X: y\nTransfer-Encoding: chunked", "", .grammar(.bareLineFeed)),
        Row("X: y\rTransfer-Encoding: chunked", "", .grammar(.bareCarriageReturn)),
        Row("X: y\r\rTransfer-Encoding: chunked", "", .grammar(.bareCarriageReturn)),
        Row("Transfer-Encoding\r\n: chunked", "", .grammar(.missingColon)),
        Row(
            "Transfer_Encoding: chunked\r\nContent-Length: 3", "0\r\n",
            .request(content: "0\r\n", rest: 0, closes: false)),
        // Content-Length in two readings.
        Row("Content-Length: 3\r\nContent-Length: 3", "abc", .framing(.repeatedContentLength)),
        Row("Content-Length: 3\r\nContent-Length: 0", "abc", .framing(.repeatedContentLength)),
        Row("Content-Length: 3, 3", "abc", .framing(.malformedContentLength)),
        Row("Content-Length: +5", "", .framing(.malformedContentLength)),
        Row("Content-Length: -5", "", .framing(.malformedContentLength)),
        Row("Content-Length: 0x5", "", .framing(.malformedContentLength)),
        Row("Content-Length: 5 5", "", .framing(.malformedContentLength)),
        Row("Content-Length: 5\u{b}", "", .grammar(.controlInFieldValue(byte: 0x0B))),
        Row("Content-Length: ", "", .framing(.malformedContentLength)),
        Row("Content-Length: 36893488147419103237", "hello", .framing(.contentLengthOverflow)),
        Row("Content-Length : 5", "hello", .grammar(.blankInFieldName)),
        Row("Content-Length: 5\r\n 6", "hello", .grammar(.obsoleteFold)),
        Row("Content-Length: 5\n", "hello", .grammar(.bareLineFeed)),
        // A body that is no body, and one that hides a request.
        Row("Content-Length: 24", next, .request(content: next, rest: 0, closes: false)),
        Row("X: y", next, .request(content: "", rest: 24, closes: false)),
        // Chunks.
        Row("Transfer-Encoding: chunked", "5 \r\nhello\r\n0\r\n\r\n", .grammar(.invalidChunkSize)),
        Row("Transfer-Encoding: chunked", "0x5\r\nhello\r\n0\r\n\r\n", .grammar(.invalidChunkSize)),
        Row("Transfer-Encoding: chunked", "100000005\r\nhello\r\n0\r\n\r\n", .needsMore),
        Row("Transfer-Encoding: chunked", "10000000000000000\r\n", .grammar(.chunkSizeOverflow)),
        Row("Transfer-Encoding: chunked", "5\r\nhello0\r\n\r\n", .grammar(.missingChunkEnd)),
        Row("Transfer-Encoding: chunked", "2;\nxx\r\n", .grammar(.bareLineFeed)),
        Row("Transfer-Encoding: chunked", "0\r\n" + next + "\r\n\r\n", .grammar(.blankInFieldName)),
        // Two hosts.
        Row("Host: b", "", .framing(.repeatedHost)),
        Row("Host : b", "", .grammar(.blankInFieldName)),
    ]

    @Test(arguments: rows) func isReadInOneWay(_ row: Row) {
        #expect(Self.judge(row.fields, row.body) == row.want)
    }

    /// Each byte that is no part of the grammar, in each place around a framing field.
    @Test func noByteHidesTransferEncoding() {
        var accepted: [String] = []
        for byte in UInt8.min...UInt8.max {
            let odd = String(Unicode.Scalar(byte))
            for fields in [
                "\(odd)Transfer-Encoding: chunked", "Transfer-Encoding\(odd): chunked",
                "Transfer-Encoding:\(odd)chunked", "Transfer-Encoding: chunked\(odd)",
            ] {
                switch Self.judge(fields, "0\r\n\r\n") {
                case .grammar, .framing, .needsMore: break
                case .request(_, let rest, _):
                    // Either it is chunked, or it is another field altogether.
                    if rest != 0 { accepted.append(fields) }
                }
            }
        }
        // Only token characters make another name of it.
        #expect(accepted.allSatisfy { !$0.hasPrefix("Transfer-Encoding:") })
        #expect(accepted.count == 2 * 77)
    }
}
