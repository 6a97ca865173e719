import Bytes
import HTTP1
import HTTPMessage
import Testing

/// What reading a browser's request head costs. Printed, not judged: the machine is shared.
@Suite("Cost of a head") struct HeadSpeedTests {
    static let browser =
        "GET /search/results?q=swift+language&page=2&sort=relevance HTTP/1.1\r\n"
        + "Host: www.example.com\r\n"
        + "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r\n"
        + "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
        + "Accept-Language: en-US,en;q=0.5\r\nAccept-Encoding: gzip, deflate, br\r\n"
        + "Referer: https://www.example.com/search\r\nConnection: keep-alive\r\n"
        + "Cookie: session=0123456789abcdef0123456789abcdef; theme=dark\r\n"
        + "Upgrade-Insecure-Requests: 1\r\n\r\n"

    static var isRelease: Bool {
        #if DEBUG
            false
        #else
            true
        #endif
    }

    @Test(.enabled(if: isRelease, "times are taken in release builds")) func nanosecondsPerHead() throws {
        var parser = RequestParser()
        var head = RequestHead()
        var output = ByteBuffer()
        let limits = HTTPLimits()
        let rounds = 200_000
        let clock = ContinuousClock()
        try withView(of: Self.browser) { input in
            let parsing = try clock.measure {
                for _ in 0..<rounds {
                    guard try parser.parse(input, limits: limits, into: &head) == input.count else {
                        Issue.record("the head is refused")
                        return
                    }
                }
            }
            let framing = try clock.measure {
                for _ in 0..<rounds {
                    let framing = try MessageFraming.request(&head)
                    if framing.body != .none { Issue.record("the head has no body") }
                    try HopByHop.mark(&head.fields)
                }
            }
            let writing = clock.measure {
                for _ in 0..<rounds {
                    output.removeAll(keepingCapacity: true)
                    HeadWriter.appendRequestLine(forwarding: head, to: &output)
                    HeadWriter.appendFields(of: head.fields, skipping: .framing, to: &output)
                    HeadWriter.appendEnd(to: &output)
                }
            }
            print("head of \(input.count) bytes, \(head.fields.count) fields:", terminator: " ")
            print("parse \(parsing / rounds), judge \(framing / rounds), write \(writing / rounds)")
        }
    }
}
