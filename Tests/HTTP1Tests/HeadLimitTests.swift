import HTTP1
import HTTPMessage
import Testing

@Suite("Limits of heads: RFC 9112 section 3, RFC 6585 section 5") struct HeadLimitTests {
    static func isAccepted(_ outcome: HeadOutcome) -> Bool {
        if case .head = outcome { true } else { false }
    }

    /// Whole and byte by byte have to agree.
    static func request(_ wire: String, _ limits: HTTPLimits) -> HeadOutcome {
        let bytes = latin1(wire)
        let whole = parseRequest(bytes, limits: limits)
        #expect(parseRequest(bytes, cuts: Array(0..<bytes.count), limits: limits) == whole)
        return whole
    }

    @Test func head() {
        let wire = "GET / HTTP/1.1\r\nHost: a\r\nB: cccc\r\n\r\n"
        var limits = HTTPLimits()
        limits.maxHeadBytes = wire.utf8.count
        #expect(Self.isAccepted(Self.request(wire, limits)))
        // An empty line before the head does not count.
        #expect(Self.isAccepted(Self.request("\r\n" + wire, limits)))
        limits.maxHeadBytes -= 1
        #expect(Self.request(wire, limits) == .refused(.headTooLong(limit: limits.maxHeadBytes)))
        let response = latin1("HTTP/1.1 200 OK\r\nB: cccc\r\n\r\n")
        limits.maxHeadBytes = response.count
        #expect(Self.isAccepted(parseResponse(response, limits: limits)))
        limits.maxHeadBytes -= 1
        #expect(parseResponse(response, limits: limits) == .refused(.headTooLong(limit: limits.maxHeadBytes)))
    }

    @Test func unendedLine() {
        var limits = HTTPLimits()
        limits.maxHeadBytes = 100
        let start = "GET / HTTP/1.1\r\n"
        let rest = { String(repeating: "a", count: $0 - start.utf8.count) }
        #expect(Self.request(start + rest(99), limits) == .needsMore)
        #expect(Self.request(start + rest(100), limits) == .refused(.headTooLong(limit: 100)))
    }

    @Test func fields() {
        var limits = HTTPLimits()
        limits.maxFields = 3
        let wire = { "GET / HTTP/1.1\r\n" + String(repeating: "A: b\r\n", count: $0) + "\r\n" }
        #expect(Self.isAccepted(Self.request(wire(3), limits)))
        #expect(Self.request(wire(4), limits) == .refused(.tooManyFields(limit: 3)))
        limits.maxFields = 0
        #expect(Self.isAccepted(Self.request(wire(0), limits)))
        #expect(Self.request(wire(1), limits) == .refused(.tooManyFields(limit: 0)))
    }

    /// However high the limit is set, the index has the last word.
    @Test func fieldsOfTheIndex() {
        var limits = HTTPLimits()
        limits.maxFields = .max
        limits.maxHeadBytes = .max
        let wire = { latin1("GET / HTTP/1.1\r\n" + String(repeating: "A:\r\n", count: $0) + "\r\n") }
        let limit = HeaderFields.maxCount
        #expect(Self.isAccepted(parseRequest(wire(limit), limits: limits)))
        #expect(
            parseRequest(wire(limit + 1), limits: limits) == .refused(.tooManyFields(limit: limit)))
    }

    @Test func method() {
        var limits = HTTPLimits()
        limits.maxMethodBytes = 5
        #expect(Self.isAccepted(Self.request("ABCDE / HTTP/1.1\r\n\r\n", limits)))
        #expect(Self.request("ABCDEF / HTTP/1.1\r\n\r\n", limits) == .refused(.methodTooLong(limit: 5)))
    }

    @Test func target() {
        var limits = HTTPLimits()
        limits.maxTargetBytes = 20
        let target = { "/" + String(repeating: "a", count: $0 - 1) }
        let want = HeadOutcome.refused(.targetTooLong(limit: 20))
        #expect(Self.isAccepted(Self.request("GET \(target(20)) HTTP/1.1\r\n\r\n", limits)))
        #expect(Self.request("GET \(target(21)) HTTP/1.1\r\n\r\n", limits) == want)
        // A line that is too long is refused before it ends.
        #expect(Self.request("GET \(target(1000))", limits) == want)
        #expect(Self.request("GET \(target(1000)) HTTP/1.1\r\n\r\n", limits) == want)
        limits.maxMethodBytes = 3
        #expect(Self.isAccepted(Self.request("GET \(target(20)) HTTP/1.1\r\n\r\n", limits)))
    }

    @Test func defaults() {
        let limits = HTTPLimits()
        #expect(limits.maxHeadBytes == 32 << 10 && limits.maxTargetBytes == 16 << 10)
        let target = "/" + String(repeating: "a", count: limits.maxTargetBytes - 1)
        #expect(Self.isAccepted(parseRequest(latin1("GET \(target) HTTP/1.1\r\n\r\n"))))
        #expect(
            parseRequest(latin1("GET \(target)a HTTP/1.1\r\n\r\n"))
                == .refused(.targetTooLong(limit: limits.maxTargetBytes)))
    }

    @Test func statuses() {
        #expect(HTTP1Error.bareLineFeed.status == 400)
        #expect(HTTP1Error.targetTooLong(limit: 1).status == 414)
        #expect(HTTP1Error.headTooLong(limit: 1).status == 431)
        #expect(HTTP1Error.tooManyFields(limit: 1).status == 431)
        #expect(HTTP1Error.methodTooLong(limit: 1).status == 501)
        #expect(HTTP1Error.unsupportedVersion.status == 505)
        #expect(HTTP1Error.chunkSizeOverflow.status == 413)
    }
}
