import Bytes
import HTTP1
import HTTPMessage
import Testing

@Suite("Writing heads: RFC 9112 sections 3 to 6, RFC 9110 section 7.6") struct HeadWriterTests {
    @Test func forwardsARequest() throws {
        let wire =
            "POST http://a/p?q HTTP/1.0\r\nHost: a\r\nConnection: x, close\r\nX: 1\r\nTE: trailers\r\n"
            + "Content-Length: 005\r\nX-Forwarded-For: 1.1.1.1\r\nY:  b  \r\nZ: c\r\n\r\n"
        var parser = RequestParser()
        var head = RequestHead()
        try withView(of: wire) { _ = try parser.parse($0, limits: HTTPLimits(), into: &head) }
        let framing = try MessageFraming.request(&head)
        try HopByHop.mark(&head.fields)
        var output = ByteBuffer()
        HeadWriter.appendRequestLine(forwarding: head, to: &output)
        HeadWriter.appendField("Host", "up:81", to: &output)
        let skipped = KnownFieldSet.framing.union(KnownFieldSet(.host))
        HeadWriter.appendFields(
            of: head.fields, skipping: skipped, isReplaced: { $0.equalsIgnoringASCIICase("z") },
            to: &output)
        HeadWriter.appendFraming(framing.body, to: &output)
        HeadWriter.appendConnection(.keepOpen, to: &output)
        HeadWriter.appendEnd(to: &output)
        #expect(
            output.view.string
                == "POST /p?q HTTP/1.1\r\nHost: up:81\r\nX-Forwarded-For: 1.1.1.1\r\nY: b\r\n"
                + "Content-Length: 5\r\n\r\n")
    }

    @Test func writesAResponse() {
        var output = ByteBuffer()
        HeadWriter.appendStatusLine(403, to: &output)
        HeadWriter.appendFraming(.chunked, to: &output)
        HeadWriter.appendFraming(.none, to: &output)
        HeadWriter.appendFraming(.untilClose, to: &output)
        HeadWriter.appendConnection(.close, to: &output)
        HeadWriter.appendConnection(.keepAlive, to: &output)
        HeadWriter.appendConnection(.upgrade, to: &output)
        HeadWriter.appendEnd(to: &output)
        #expect(
            output.view.string
                == "HTTP/1.1 403 Forbidden\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n"
                + "Connection: keep-alive\r\nConnection: Upgrade\r\n\r\n")
    }

    /// Whatever byte a value, a reason or a target holds, the head has the same lines.
    @Test func noByteEndsALine() throws {
        for byte in UInt8.min...UInt8.max {
            var output = ByteBuffer()
            let odd: [UInt8] = [0x2F, byte, 0x62]
            withView(of: odd) { value in
                HeadWriter.appendRequestLine(method: ByteView("GET"), target: value, to: &output)
                HeadWriter.appendField("X", value, to: &output)
            }
            HeadWriter.appendEnd(to: &output)
            guard case .head(let head) = parseRequest(output.view.array) else {
                Issue.record("byte \(byte) made a head that is refused")
                continue
            }
            #expect(head.fields.count == 1 && head.start[0] == "GET")
            #expect(head.consumed == output.count)

            output.removeAll(keepingCapacity: true)
            withView(of: odd) { HeadWriter.appendStatusLine(200, reason: $0, to: &output) }
            HeadWriter.appendEnd(to: &output)
            guard case .head(let response) = parseResponse(output.view.array) else {
                Issue.record("byte \(byte) made a response that is refused")
                continue
            }
            #expect(response.fields.isEmpty)
        }
    }

    @Test(arguments: [
        ("A", true), ("x-y_z", true), ("", false), ("a b", false), ("a:", false), ("a\r\n", false),
    ])
    func fieldNames(_ name: String, _ want: Bool) {
        withView(of: name) { #expect(HeadWriter.isFieldName($0) == want) }
    }

    /// A head that was parsed, written and parsed again is the same.
    @Test(arguments: RequestParserTests.accepted) func roundTrip(_ row: RequestParserTests.Row) throws {
        var parser = RequestParser()
        var head = RequestHead()
        try withView(of: row.wire) { _ = try parser.parse($0, limits: HTTPLimits(), into: &head) }
        guard head.form != .authority else { return }
        var output = ByteBuffer()
        HeadWriter.appendRequestLine(forwarding: head, to: &output)
        HeadWriter.appendFields(of: head.fields, skipping: [], to: &output)
        HeadWriter.appendEnd(to: &output)
        var want = fieldLines(head.fields)
        want.insert(contentsOf: [text(head.method), text(head.target)], at: 0)
        guard case .head(let again) = parseRequest(output.view.array) else {
            Issue.record("the written head is refused")
            return
        }
        #expect(again.start[..<2] + again.fields == want[...])
    }
}

@Suite("Eight bytes at a time against one: RFC 9110 section 5.5") struct OctetScanTests {
    /// Every byte in every place of runs around the word's size.
    @Test func agreesWithASlowReference() {
        for count in 1...20 {
            for place in 0..<count {
                for byte in UInt8.min...UInt8.max {
                    for filler in [UInt8(0x61), 0x09, 0xFF, 0x80] {
                        var bytes = [UInt8](repeating: filler, count: count)
                        bytes[place] = byte
                        let control = bytes.first { $0 < 0x20 && $0 != 9 || $0 == 0x7F }
                        let isTarget = bytes.allSatisfy { $0 > 0x20 && $0 != 0x7F }
                        let agrees = withView(of: bytes) {
                            OctetScan.firstControl(in: $0) == control && OctetScan.isTarget($0) == isTarget
                        }
                        if !agrees { Issue.record("\(bytes)") }
                    }
                }
            }
        }
    }
}
