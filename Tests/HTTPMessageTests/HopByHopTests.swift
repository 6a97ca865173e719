import Bytes
import HTTPMessage
import Testing

@Suite("Hop-by-hop fields: RFC 9110 section 7.6.1") struct HopByHopTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var fields: [String]
        /// Names of what goes on.
        var want: [String]
        var testDescription: String { fields.joined(separator: " | ") }
    }

    static let rows = [
        Row(fields: ["Host: a", "X: 1"], want: ["Host", "X"]),
        Row(fields: ["Connection: close", "Close: 1", "X: 1"], want: ["Close", "X"]),
        Row(fields: ["Connection: x, Y", "X: 1", "y: 2", "Z: 3"], want: ["Z"]),
        Row(fields: ["Connection: x", "Connection: z", "X: 1", "y: 2", "Z: 3"], want: ["y"]),
        Row(
            fields: [
                "Keep-Alive: 5", "Proxy-Connection: close", "Proxy-Authenticate: a",
                "Proxy-Authorization: b", "TE: trailers", "Trailer: X", "Transfer-Encoding: chunked",
                "Upgrade: h2c", "HTTP2-Settings: x", "TEX: 1",
            ], want: ["TEX"]),
        Row(
            fields: [
                "Connection: host, content-length, cookie, x-forwarded-for, x-real-ip, authorization,"
                    + " content-type, content-encoding, set-cookie, forwarded, via, origin",
                "Host: a", "Content-Length: 5", "Cookie: a", "X-Forwarded-For: b", "X-Real-IP: c",
                "Authorization: d", "Content-Type: e", "Content-Encoding: f", "Set-Cookie: g",
                "Forwarded: h", "Via: i", "Origin: j",
            ],
            want: [
                "Host", "Content-Length", "Cookie", "X-Forwarded-For", "X-Real-IP", "Authorization",
                "Content-Type", "Content-Encoding", "Set-Cookie", "Forwarded", "Via", "Origin",
            ]),
        Row(fields: ["Connection: upgrade, keep-alive", "X: 1"], want: ["X"]),
    ]

    @Test(arguments: rows) func marks(_ row: Row) throws {
        var fields = makeFields(row.fields)
        try HopByHop.mark(&fields)
        let rest = fields.indices.filter { !fields.isHopByHop($0) }.map { fields.name($0).string }
        #expect(rest == row.want)
    }

    @Test func countsConnectionOptions() throws {
        let limit = HopByHop.maxConnectionOptions
        let options = { (count: Int) in (0..<count).map { "o\($0)" }.joined(separator: ",") }
        var fields = makeFields(["Connection: \(options(limit))", "o\(limit - 1): 1"])
        try HopByHop.mark(&fields)
        #expect(fields.isHopByHop(1) == true)
        var one = makeFields(["Connection: \(options(limit + 1))"])
        #expect(throws: FramingError.tooManyConnectionOptions(limit: limit)) { try HopByHop.mark(&one) }
        var two = makeFields(["Connection: \(options(limit))", "Connection: x"])
        #expect(throws: FramingError.tooManyConnectionOptions(limit: limit)) { try HopByHop.mark(&two) }
    }
}
