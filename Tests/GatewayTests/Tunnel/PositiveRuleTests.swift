// Rates, origins and declared formats.

import BodyFormats
import Bytes
import RuleStore
import Testing

@testable import Gateway

@Suite("Positive rules of WebSockets") struct PositiveRuleTests {
    @Test("a second's worth at once, one more refused, then as time goes by") func rate() {
        var bucket = TokenBucket(perSecond: 3, now: 1_000)
        func take(_ tokens: Int, now: Int) -> Bool { bucket.take(tokens, now: now) }
        for _ in 0..<3 { #expect(take(1, now: 1_000)) }
        #expect(!take(1, now: 1_000))
        #expect(!take(1, now: 1_333))
        #expect(take(1, now: 1_334))
        #expect(!take(1, now: 1_334))
        // However long it takes, no more than a second's worth is saved.
        for _ in 0..<3 { #expect(take(1, now: 1_000_000_000)) }
        #expect(!take(1, now: 1_000_000_000))
    }

    @Test("amounts: the limit, one past it, the largest number") func amounts() {
        var bucket = TokenBucket(perSecond: 1_024, now: 0)
        func take(_ tokens: Int, now: Int) -> Bool { bucket.take(tokens, now: now) }
        #expect(!take(1_025, now: 0))
        #expect(!take(.max, now: 0))
        #expect(take(1_024, now: 0))
        #expect(!take(1, now: 0))
        // A clock that steps back gives nothing.
        #expect(!take(1, now: -5_000))
    }

    static let origins: [(String, String, Bool)] = [
        ("https://a.example", "https://a.example", true),
        ("https://a.example", "HTTPS://A.example", true),
        ("https://a.example", "http://a.example", false),
        ("https://a.example", "https://a.example:8443", false),
        ("https://a.example:8443", "https://a.example:8443", true),
        ("https://a.example", "https://a.example.evil.test", false),
        ("https://a.example", "https://xa.example", false),
        ("a.example", "http://a.example:81", true),
        ("a.example", "https://b.example", false),
        ("*.a.example", "https://b.a.example", true),
        ("*.a.example", "https://c.b.a.example:1", true),
        ("*.a.example", "https://a.example", false),
        ("*.a.example", "https://xa.example", false),
        ("https://*.a.example", "http://b.a.example", false),
        ("null", "null", true), ("a.example", "null", false), ("a.example", "", false),
        ("[::1]", "http://[::1]:80", true), ("http://[::1]:80", "http://[::1]:80", true),
        ("a.example", "https://a.example https://b.example", false),
    ]

    @Test(arguments: origins) func origin(_ pattern: String, _ origin: String, _ want: Bool) {
        let text = ByteText(origin)
        withExtendedLifetime(text) { #expect(OriginPattern(pattern).matches(text.view) == want) }
    }

    @Test func declaredFormats() {
        let engineIO = DeclaredFormat(
            subprotocol: .empty, target: ByteView("/socket.io/?EIO=4&transport=websocket"))
        let graphQL = DeclaredFormat(subprotocol: ByteView("graphql-transport-ws"), target: ByteView("/"))
        let nothing = DeclaredFormat(subprotocol: ByteView("chat"), target: ByteView("/"))
        let rows: [(DeclaredFormat, MessagePolicy.Format, MessageFormat?, Bool)] = [
            (engineIO, .auto, .socketIO, false), (graphQL, .auto, .graphQL, true), (nothing, .auto, nil, false),
            (nothing, .json, .json, true), (graphQL, .text, .text, false),
        ]
        for (declared, policy, format, isBinding) in rows {
            let reading = declared.reading(under: policy)
            #expect(reading.format == format)
            #expect(reading.isBinding == isBinding)
        }
    }
}
