// A target's answer, however its bytes are cut.

import Bytes
import HTTP1
import HTTPMessage
import RemoteInspection
import Testing

@testable import Gateway

@Suite("The answer of a target") struct AnswerReaderTests {
    struct Row: Sendable {
        var text: String
        var method = RequestMethod.get
        var want: AnswerReader.Progress
        var mayReuse = true
    }

    static let rows: [Row] = [
        Row(text: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", want: .level(.normal)),
        Row(text: "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", want: .level(.urgent)),
        Row(text: "HTTP/1.1 204 No Content\r\nX-WAF-Level: 2\r\n\r\n", want: .level(.urgent)),
        Row(
            text: "HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", want: .level(.normal)),
        Row(
            text: "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "7\r\n{\"level\r\n4\r\n\":2}\r\n0\r\n\r\n", want: .level(.urgent)),
        Row(
            text: "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", want: .level(.normal),
            mayReuse: false),
        Row(
            text: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", method: .head, want: .level(.normal)),
        Row(text: "HTTP/1.1 101 Switching Protocols\r\n\r\n", want: .unreadable, mayReuse: false),
        Row(text: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab", want: .needsMore),
        Row(text: "HTTP/1.1 200 OK\r\n\r\nabc", want: .needsMore, mayReuse: false),
    ]

    private static func take(_ row: Row, cutAt cut: Int) throws -> (AnswerReader.Progress, mayReuse: Bool) {
        var reader = AnswerReader(method: row.method, limits: HTTPLimits())
        var progress = AnswerReader.Progress.needsMore
        let bytes = Array(row.text.utf8)
        for part in [bytes[..<cut], bytes[cut...]] where progress == .needsMore && !part.isEmpty {
            var buffer = ByteBuffer()
            buffer.append(contentsOf: Array(part))
            progress = try reader.take(buffer.view)
        }
        return (progress, reader.mayReuse)
    }

    @Test(arguments: rows) func cutAnywhere(_ row: Row) throws {
        for cut in 0...row.text.utf8.count {
            let (progress, mayReuse) = try Self.take(row, cutAt: cut)
            #expect(progress == row.want)
            if progress != .needsMore { #expect(mayReuse == row.mayReuse) }
        }
    }

    @Test func whatComesBehindAnAnswerIsDistrusted() throws {
        let row = Row(text: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1", want: .level(.normal))
        let (progress, mayReuse) = try Self.take(row, cutAt: row.text.utf8.count)
        #expect(progress == row.want && !mayReuse)
    }

    @Test func bodyAtTheLimitAndPastIt() throws {
        for (extra, mayReuse) in [(0, true), (1, false)] {
            let count = TargetAnswer.bodyLimit + extra
            let head = "HTTP/1.1 200 OK\r\nContent-Length: \(count)\r\n\r\n"
            let row = Row(text: head + String(repeating: "x", count: count), want: .level(.normal))
            let (progress, reuse) = try Self.take(row, cutAt: row.text.utf8.count)
            #expect(progress == row.want && reuse == mayReuse)
        }
    }

    @Test func anEndIsAnAnswerOnlyWhereTheBodyEndsWithIt() throws {
        for (head, want) in [("", RiskLevel.normal as RiskLevel?), ("Content-Length: 5\r\n", nil)] {
            var reader = AnswerReader(method: .get, limits: HTTPLimits())
            var buffer = ByteBuffer()
            buffer.append("HTTP/1.1 200 OK\r\n\(head)\r\nabc")
            _ = try reader.take(buffer.view)
            let level = reader.levelAtEnd()
            #expect(level == want)
        }
    }
}
