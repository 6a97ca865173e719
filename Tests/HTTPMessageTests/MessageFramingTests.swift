import Bytes
import HTTPMessage
import Testing

@Suite("Body of a request: RFC 9112 section 6.3") struct RequestFramingTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var fields: [String]
        var version = HTTPVersion.http11
        var want: Result<MessageFraming, FramingError>
        var testDescription: String { fields.joined(separator: " | ") }

        init(_ fields: String..., version: HTTPVersion = .http11, body: BodyLength, closes: Bool = false) {
            self.fields = fields
            self.version = version
            want = .success(MessageFraming(body: body, closesAfterwards: closes))
        }

        init(_ fields: String..., version: HTTPVersion = .http11, refused error: FramingError) {
            self.fields = fields
            self.version = version
            want = .failure(error)
        }
    }

    static let lengths = [
        Row(body: .none),
        Row("Content-Length: 0", body: .length(0)),
        Row("Content-Length: 5", body: .length(5)),
        Row("Content-Length: 0005", body: .length(5)),
        Row("Content-Length: 9223372036854775807", body: .length(.max)),
        Row("Content-Length: 9223372036854775808", refused: .contentLengthOverflow),
        Row("Content-Length: 18446744073709551621", refused: .contentLengthOverflow),
        Row("Content-Length: 99999999999999999999999999x", refused: .malformedContentLength),
        Row("Content-Length: ", refused: .malformedContentLength),
        Row("Content-Length: +5", refused: .malformedContentLength),
        Row("Content-Length: -5", refused: .malformedContentLength),
        Row("Content-Length: 0x5", refused: .malformedContentLength),
        Row("Content-Length: 5 5", refused: .malformedContentLength),
        Row("Content-Length: 5, 5", refused: .malformedContentLength),
        Row("Content-Length: 5,", refused: .malformedContentLength),
        Row("Content-Length: 5.0", refused: .malformedContentLength),
        Row("Content-Length: 1e3", refused: .malformedContentLength),
        Row("Content-Length: \u{661}", refused: .malformedContentLength),
        Row("Content-Length: 5", "Content-Length: 5", refused: .repeatedContentLength),
        Row("Content-Length: 5", "content-length: 6", refused: .repeatedContentLength),
        Row("Content_Length: 5", body: .none),
    ]

    static let codings = [
        Row("Transfer-Encoding: chunked", body: .chunked),
        Row("Transfer-Encoding: Chunked", body: .chunked),
        Row("Transfer-Encoding: chunked", "Content-Length: 5", body: .chunked, closes: true),
        Row("Content-Length: 5", "Transfer-Encoding: chunked", body: .chunked, closes: true),
        Row("Transfer-Encoding: chunked", "Content-Length: x", refused: .malformedContentLength),
        Row(
            "Transfer-Encoding: chunked", "Content-Length: 5", "Content-Length: 5",
            refused: .repeatedContentLength),
        Row("Transfer-Encoding: gzip, chunked", refused: .unsupportedTransferCoding),
        Row("Transfer-Encoding: deflate,x-gzip,chunked", refused: .unsupportedTransferCoding),
        Row("Transfer-Encoding: gzip", refused: .malformedTransferEncoding),
        Row("Transfer-Encoding: chunked, gzip", refused: .malformedTransferEncoding),
        Row("Transfer-Encoding: gzip, chunked, chunked", refused: .malformedTransferEncoding),
        Row("Transfer-Encoding: chunked, identity", refused: .malformedTransferEncoding),
        Row("Transfer-Encoding: identity, chunked", refused: .malformedTransferEncoding),
        Row("Transfer-Encoding: identity", refused: .malformedTransferEncoding),
        Row("Transfer-Encoding: chunked, chunked", refused: .malformedTransferEncoding),
        Row("Transfer-Encoding: chunked", "Transfer-Encoding: chunked", refused: .malformedTransferEncoding),
        Row("Transfer-Encoding: gzip", "Transfer-Encoding: chunked", refused: .malformedTransferEncoding),
        Row("Transfer-Encoding: ", refused: .malformedTransferEncoding),
        Row("Transfer-Encoding: xchunked", refused: .malformedTransferEncoding),
        Row("Transfer-Encoding: chunkedx", refused: .malformedTransferEncoding),
        Row("Transfer-Encoding: chunked;q=1", refused: .malformedTransferEncoding),
        Row("Transfer-Encoding: \"chunked\"", refused: .malformedTransferEncoding),
        Row("Transfer-Encoding: chunked,", refused: .malformedTransferEncoding),
        Row("Transfer-Encoding: ,chunked", refused: .malformedTransferEncoding),
        Row("Transfer-Encoding: cow, chunked", refused: .malformedTransferEncoding),
        Row("Transfer-Encoding: chun ked", refused: .malformedTransferEncoding),
        Row("Transfer-Encoding: chunked", version: .http10, refused: .transferEncodingInHTTP10),
        Row("Transfer-Encoding: identity", version: .http10, refused: .transferEncodingInHTTP10),
    ]

    static let persistence = [
        Row("Connection: close", body: .none, closes: true),
        Row("Connection: keep-alive, Close", body: .none, closes: true),
        Row("Connection: keep-alive", "Connection: close", body: .none, closes: true),
        Row("Connection: closed", body: .none),
        Row("Connection: upgrade", body: .none),
        Row(version: .http10, body: .none, closes: true),
        Row("Connection: Keep-Alive", version: .http10, body: .none),
        Row("Connection: keep-alive, close", version: .http10, body: .none, closes: true),
    ]

    @Test(arguments: lengths + codings + persistence) func frames(_ row: Row) {
        var head = makeRequest(version: row.version, ["Host: a"] + row.fields)
        let outcome: Result<MessageFraming, FramingError>
        do throws(FramingError) {
            outcome = .success(try MessageFraming.request(&head))
        } catch { outcome = .failure(error) }
        #expect(outcome == row.want)
        if case .success(let framing) = outcome, framing.body == .chunked {
            #expect(head.fields.contains(.contentLength) == false)
        }
    }

    @Test func errorsHaveAStatus() {
        #expect(FramingError.malformedTransferEncoding.status == 400)
        #expect(FramingError.unsupportedTransferCoding.status == 501)
        #expect(FramingError.contentLengthOverflow.status == 413)
    }
}

@Suite("Host: RFC 9112 section 3.2") struct HostRuleTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var line = "GET /"
        var fields: [String]
        var version = HTTPVersion.http11
        var want: FramingError?
        var testDescription: String { "\(line) \(fields)" }
    }

    static let rows = [
        Row(fields: ["Host: a"], want: nil),
        Row(fields: ["Host: a:8080"], want: nil),
        Row(fields: [], want: .missingHost),
        Row(fields: [], version: .http10, want: nil),
        Row(fields: ["Host: "], want: .missingHost),
        Row(fields: ["Host: "], version: .http10, want: nil),
        Row(fields: ["Host: a%00"], want: .invalidHost),
        Row(line: "GET http://a/", fields: ["Host: "], version: .http10, want: .missingHost),
        Row(line: "GET /#a", fields: ["Host: a"], want: .fragmentInTarget),
        Row(fields: ["Host: a", "Host: a"], want: .repeatedHost),
        Row(fields: ["Host: a", "host: b"], version: .http10, want: .repeatedHost),
        Row(fields: ["Host: a b"], want: .invalidHost),
        Row(fields: ["Host: a/b"], want: .invalidHost),
        Row(fields: ["Host: a@b"], want: .invalidHost),
        Row(fields: ["Host: http://a"], want: .invalidHost),
        Row(fields: ["Host: a:80x"], want: .invalidHost),
        Row(line: "GET http://a/", fields: ["Host: a"], want: nil),
        Row(line: "GET http://a/", fields: ["Host: A:80"], want: nil),
        Row(line: "GET https://a/", fields: ["Host: a:443"], want: nil),
        Row(line: "GET http://a/", fields: ["Host: b"], want: .hostContradictsTarget),
        Row(line: "GET http://a:81/", fields: ["Host: a"], want: .hostContradictsTarget),
        Row(line: "GET http://a/", fields: [], want: .missingHost),
        Row(line: "GET http://a/", fields: [], version: .http10, want: nil),
        Row(line: "CONNECT a:443", fields: ["Host: a"], want: nil),
        Row(line: "CONNECT a:80", fields: ["Host: b"], want: nil),
        Row(line: "CONNECT a:80", fields: [], want: .missingHost),
        Row(line: "CONNECT a:80", fields: ["Host: b c"], want: .invalidHost),
        Row(fields: [], version: .http09, want: .missingVersion),
        Row(fields: ["Host: a"], version: .later, want: .unsupportedVersion),
        Row(line: "OPTIONS *", fields: ["Host: a"], want: nil),
    ]

    @Test(arguments: rows) func checks(_ row: Row) {
        var head = makeRequest(row.line, version: row.version, row.fields)
        var error: FramingError?
        do throws(FramingError) { _ = try MessageFraming.request(&head) } catch let caught { error = caught }
        #expect(error == row.want)
    }

    @Test func connectLeavesOneHost() throws {
        for (line, host, want) in [
            ("CONNECT a:80", "b:1", "a:80"), ("CONNECT a:443", "a", "a"), ("CONNECT a:80", "a:80", "a:80"),
        ] {
            var head = makeRequest(line, ["X: 1", "Host: \(host)", "Y: 2"])
            _ = try MessageFraming.request(&head)
            #expect(head.fields.first(.host)?.string == want)
            #expect(head.fields.first("Y")?.string == "2")
        }
    }

    @Test func authorityIsTheTargetsElseHost() {
        for (line, fields, want) in [
            ("GET http://a:1/", ["Host: a:1"], "a:1"), ("GET /", ["Host: b"], "b"), ("GET /", [], nil),
        ] as [(String, [String], String?)] {
            let head = makeRequest(line, fields)
            #expect(head.authority?.string == want)
        }
    }
}

@Suite("Body of a response: RFC 9112 section 6.3") struct ResponseFramingTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var status = 200
        var method = RequestMethod.get
        var version = HTTPVersion.http11
        var fields: [String] = []
        var want: Result<MessageFraming, FramingError>
        var testDescription: String { "\(status) \(method) \(fields)" }
    }

    static func body(_ body: BodyLength, closes: Bool = false) -> Result<MessageFraming, FramingError> {
        .success(MessageFraming(body: body, closesAfterwards: closes))
    }

    static let rows = [
        Row(want: body(.untilClose, closes: true)),
        Row(fields: ["Content-Length: 5"], want: body(.length(5))),
        Row(fields: ["Content-Length: 5", "Connection: close"], want: body(.length(5), closes: true)),
        Row(version: .http10, fields: ["Content-Length: 5"], want: body(.length(5), closes: true)),
        Row(
            version: .http10, fields: ["Content-Length: 5", "Connection: keep-alive"],
            want: body(.length(5))),
        Row(fields: ["Transfer-Encoding: chunked"], want: body(.chunked)),
        Row(
            fields: ["Transfer-Encoding: chunked", "Content-Length: 5"],
            want: body(.chunked, closes: true)),
        Row(method: .head, fields: ["Content-Length: 5"], want: body(.none)),
        Row(method: .head, fields: ["Transfer-Encoding: chunked"], want: body(.none)),
        Row(method: .head, want: body(.none)),
        Row(status: 100, want: body(.none)),
        Row(status: 101, want: body(.none)),
        Row(status: 103, want: body(.none)),
        Row(status: 204, fields: ["Content-Length: 5"], want: body(.none)),
        Row(status: 205, fields: ["Content-Length: 0"], want: body(.length(0))),
        Row(status: 304, fields: ["Content-Length: 5"], want: body(.none)),
        Row(method: .connect, fields: ["Content-Length: 5"], want: body(.length(5))),
        Row(fields: ["Content-Length: 5", "Content-Length: 5"], want: .failure(.repeatedContentLength)),
        Row(fields: ["Content-Length: 5x"], want: .failure(.malformedContentLength)),
        Row(method: .head, fields: ["Content-Length: 5x"], want: .failure(.malformedContentLength)),
        Row(fields: ["Transfer-Encoding: gzip, chunked"], want: .failure(.unsupportedTransferCoding)),
        Row(fields: ["Transfer-Encoding: identity"], want: .failure(.malformedTransferEncoding)),
        Row(
            version: .http10, fields: ["Transfer-Encoding: chunked"],
            want: .failure(.transferEncodingInHTTP10)),
    ]

    @Test(arguments: rows) func frames(_ row: Row) {
        var head = makeResponse(row.status, version: row.version, row.fields)
        let outcome: Result<MessageFraming, FramingError>
        do throws(FramingError) {
            outcome = .success(try MessageFraming.response(&head, to: row.method))
        } catch { outcome = .failure(error) }
        #expect(outcome == row.want)
    }

    @Test func interimResponses() {
        #expect(makeResponse(100, []).isInterim && makeResponse(103, []).isInterim)
        #expect(!makeResponse(101, []).isInterim && !makeResponse(200, []).isInterim)
    }

    @Test func everyStatusHasAPhrase() {
        for status in 100..<1000 { #expect(!ByteView(StatusCode.reasonPhrase(status)).isEmpty) }
        #expect(ByteView(StatusCode.reasonPhrase(403)).string == "Forbidden")
        #expect(ByteView(StatusCode.reasonPhrase(431)).string == "Request Header Fields Too Large")
        #expect(ByteView(StatusCode.reasonPhrase(502)).string == "Bad Gateway")
    }
}

@Suite("Expect: RFC 9110 section 10.1.1") struct ClientExpectationTests {
    @Test(
        arguments: [
            ([], .http11, .none), (["Expect: 100-continue"], .http11, .continue),
            (["Expect: 100-Continue"], .http11, .continue), (["Expect: 100-continue"], .http10, .none),
            (["Expect: 200-ok"], .http11, .unknown), (["Expect: "], .http11, .unknown),
            (["Expect: 100-continue", "Expect: x"], .http11, .unknown),
            (["Expect: 100-continue, x"], .http11, .unknown),
        ] as [([String], HTTPVersion, ClientExpectation)])
    func reads(_ fields: [String], _ version: HTTPVersion, _ want: ClientExpectation) {
        let head = makeRequest(version: version, fields)
        #expect(ClientExpectation(of: head) == want)
    }
}
