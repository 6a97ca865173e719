// Raw files: where messages end, and what is said of broken ones.

import Offline
import Testing

@Suite("Raw captures: RFC 9112 section 6") struct RawReaderTests {
    static func read(
        _ text: String, response: String? = nil, repairs: Bool = false
    ) throws(CaptureError) -> [CapturedExchange] {
        try CaptureReader.read(
            Array(text.utf8), file: "f", response: response.map { (Array($0.utf8), "r") }, repairs: repairs)
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        /// Each exchange.
        var want: [String]
        /// What belongs to none.
        var rest = ""
        var testDescription: String { name }
    }

    static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    static let post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
    static let chunked =
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1;x=y\r\nc\r\n0\r\nT: 1\r\n\r\n"
    static let rows = [
        Row(name: "one without a body", want: [get]),
        Row(name: "HTTP/1.0 without Host", want: ["GET / HTTP/1.0\r\n\r\n"]),
        Row(name: "a body by length", want: [post]),
        Row(name: "an editor's line end behind it", want: [post], rest: "\n"),
        Row(name: "chunks and a trailer", want: [chunked]),
        Row(name: "three behind each other", want: [chunked, post, get]),
        Row(name: "a refused one takes the rest", want: ["GET / HTTP/1.1\nHost: a\n\n" + get]),
        Row(
            name: "so does one with two lengths",
            want: [get, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nabc"]),
        Row(
            name: "so does a bad chunk",
            want: ["POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" + get]),
    ]

    @Test(arguments: rows) func cuts(_ row: Row) throws {
        let exchanges = try Self.read(row.want.joined() + row.rest)
        #expect(exchanges.map { String(decoding: $0.request, as: UTF8.self) } == row.want)
        #expect(exchanges.allSatisfy { $0.response == nil })
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        var text: String
        var response: String?
        var want: String
        var testDescription: String { want }
    }

    static let faults = [
        Fault(text: "", want: "f: error: the file is empty"),
        Fault(
            text: "GET / HTTP/1.1\r\nHost: a\r\n",
            want: "f:3: error: the file ends inside a head: an empty line is missing behind its fields"),
        Fault(
            text: get + "GET",
            want: "f:4: error: the file ends inside a head: an empty line is missing behind its fields"),
        Fault(
            text: String(post.dropLast()),
            want: "f: error: the file ends 1 bytes before the body does, by its Content-Length"),
        Fault(
            text: String(chunked.dropLast(13)),
            want: "f: error: the file ends inside a chunked body: its last chunk has no bytes"),
        Fault(text: get, response: "HTTP/1.1 2\r\n\r\n", want: "r:1: error: not an HTTP/1 response: malformedStatusLine"),
        Fault(
            text: get, response: "HTTP/1.1 204 \r\n\r\nHTTP/1.1 204 \r\n\r\n",
            want: "r:3: error: more responses than requests: there is 1 request"),
        Fault(
            text: get, response: "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab",
            want: "r: error: the file ends 7 bytes before the body does, by its Content-Length"),
    ]

    @Test(arguments: faults) func faulty(_ row: Fault) {
        do throws(CaptureError) {
            _ = try Self.read(row.text, response: row.response)
            Issue.record("was read")
        } catch {
            #expect(error.description == row.want)
        }
    }

    @Test func responsesInOrder() throws {
        let interim = "HTTP/1.1 103 Early\r\nLink: x\r\n\r\n"
        let first = interim + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
        let second = "HTTP/1.1 200 OK\r\n\r\nuntil the end"
        let exchanges = try Self.read(Self.get + Self.post, response: first + second)
        #expect(exchanges.map(\.response) == [Array(first.utf8), Array(second.utf8)])
        #expect(exchanges.map(\.name) == ["f, request 1", "f, request 2"])
    }

    @Test func aResponseToHEADHasNoBody() throws {
        let head = "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n"
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
        let exchanges = try Self.read(head + Self.get, response: answer + answer + "12345")
        #expect(exchanges.map { $0.response?.count } == [answer.utf8.count, answer.utf8.count + 5])
    }

    @Test(
        "written by hand",
        arguments: [
            ("GET / HTTP/1.1\nHost: a\n\n", "GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
            ("GET / HTTP/1.1\nHost: a\n", "GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
            (
                "POST / HTTP/1.1\nContent-Length: 99\nHost: a\n\nab\n",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nab\n"
            ),
            ("POST / HTTP/1.1\r\nHost: a\r\n\r\nx", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx"),
        ])
    func repairs(_ text: String, _ want: String) throws {
        #expect(try Self.read(text, repairs: true).map(\.request) == [Array(want.utf8)])
    }

    /// Cut anywhere, a file is either read or refused with its place.
    @Test func everyCut() {
        let whole = Array((Self.chunked + Self.post).utf8)
        for count in 1..<whole.count {
            do throws(CaptureError) {
                let exchanges = try CaptureReader.read(Array(whole[..<count]), file: "f")
                #expect(exchanges.reduce(0) { $0 + $1.request.count } == count)
                #expect(count == Self.chunked.utf8.count)
            } catch {
                #expect(error.file == "f")
            }
        }
    }
}
