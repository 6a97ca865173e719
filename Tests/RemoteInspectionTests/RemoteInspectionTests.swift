// Levels, breaker, cache and sampling, with a clock of the tests' own.

import Bytes
import RemoteInspection
import Testing

private func view(_ text: String) -> ByteView {
    let bytes = Array(text.utf8)
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 1), alignment: 1)
    unsafe copy.copyBytes(from: bytes)
    return unsafe ByteView(unowned: UnsafeRawBufferPointer(rebasing: copy[..<bytes.count]))
}

@Suite("The level in an answer") struct TargetAnswerTests {
    struct Row: Sendable {
        var status = 200
        var field: String?
        var body: String?
        var want: RiskLevel
    }

    static let rows: [Row] = [
        Row(status: 200, want: .normal), Row(status: 204, want: .normal), Row(status: 403, want: .urgent),
        Row(status: 401, want: .unknown), Row(status: 429, want: .unknown), Row(status: 500, want: .unknown),
        Row(status: 302, want: .unknown),
        Row(status: 200, field: "2", want: .urgent), Row(status: 403, field: " 1 ", want: .normal),
        Row(status: 200, field: "0", want: .unknown), Row(status: 200, field: "3", want: .unknown),
        Row(status: 200, field: "", want: .unknown), Row(status: 200, field: "12", want: .unknown),
        Row(status: 200, body: #"{"level":2}"#, want: .urgent),
        Row(status: 403, body: #"{ "a" : {"level":2}, "level" : 1 }"#, want: .normal),
        Row(status: 200, body: #"{"a":"\"level\":2","level":2,"x":1}"#, want: .urgent),
        Row(status: 200, body: #"{"a":{"level":2}}"#, want: .normal),
        Row(status: 200, body: #"{"level":1,"level":2}"#, want: .urgent),
        Row(status: 200, body: #"{"level":2,"level":1}"#, want: .urgent),
        Row(status: 403, body: #"{"\u006cevel":1}"#, want: .normal),
        Row(status: 200, body: #"{"level":2,"reasons":["cut "#, want: .urgent),
        Row(status: 403, body: #"{"level":"1"}"#, want: .urgent),
        Row(status: 403, body: #"{"level":[1]}"#, want: .urgent),
        Row(status: 200, body: #"["level",2]"#, want: .normal),
        Row(status: 403, body: "not json", want: .urgent),
        Row(status: 200, body: #"{"level":"#, want: .normal),
        Row(status: 200, body: #"{"level":22}"#, want: .normal),
        Row(status: 200, field: "1", body: #"{"level":2}"#, want: .normal),
    ]

    @Test(arguments: rows) func reads(_ row: Row) {
        #expect(
            TargetAnswer.level(
                status: row.status, field: row.field.map { view($0) }, body: row.body.map { view($0) })
                == row.want)
    }
}

@Suite("Circuit breaker") struct CircuitBreakerTests {
    @Test func opensAfterFailuresInARow() {
        var breaker = CircuitBreaker(failures: 3, pauseMilliseconds: 100)
        for _ in 0..<2 { breaker.failed(now: 0) }
        breaker.succeeded()
        for _ in 0..<2 { breaker.failed(now: 0) }
        let isAllowed = breaker.allows(now: 0)
        #expect(isAllowed)
        breaker.failed(now: 10)
        #expect(!breaker.isClosed)
        let step1 = breaker.allows(now: 109)
        #expect(!step1)
        let step2 = breaker.allows(now: 110)
        #expect(step2)
        let step3 = breaker.allows(now: 110)
        #expect(!step3)
        breaker.failed(now: 120)
        let step4 = breaker.allows(now: 219)
        #expect(!step4)
        let step5 = breaker.allows(now: 220)
        #expect(step5)
        breaker.abandoned(now: 221)
        let step6 = breaker.allows(now: 221)
        #expect(step6)
        breaker.succeeded()
        let last = breaker.allows(now: 222)
        #expect(breaker.isClosed && last)
    }

    @Test func neverOpensAtZero() {
        var breaker = CircuitBreaker(failures: 0, pauseMilliseconds: 100)
        for now in 0..<100 { breaker.failed(now: now) }
        let step7 = breaker.allows(now: 100)
        #expect(step7)
    }
}

@Suite("Verdict cache") struct VerdictCacheTests {
    @Test func freshOnly() {
        var cache = VerdictCache()
        #expect(cache.find(Array("a".utf8), now: 0) == nil)
        cache.keep(.urgent, for: Array("a".utf8), until: 10)
        #expect(cache.find(Array("a".utf8), now: 9) == .urgent)
        #expect(cache.find(Array("a".utf8), now: 10) == nil)
        #expect(cache.find(Array("b".utf8), now: 0) == nil)
        cache.keep(.normal, for: Array("a".utf8), until: 20)
        #expect(cache.find(Array("a".utf8), now: 11) == .normal)
    }

    @Test func bounded() {
        var cache = VerdictCache()
        for number in 0..<(VerdictCache.capacity * 4) {
            cache.keep(.normal, for: Array("\(number)".utf8), until: 1_000 + number)
        }
        var kept = 0
        for number in 0..<(VerdictCache.capacity * 4) where cache.find(Array("\(number)".utf8), now: 0) != nil
        { kept += 1 }
        #expect(kept <= VerdictCache.capacity && kept > VerdictCache.capacity / 2)
        let longest = String(repeating: "k", count: VerdictCache.keyLimit)
        cache.keep(.urgent, for: Array(longest.utf8), until: 9_999)
        cache.keep(.urgent, for: Array((longest + "k").utf8), until: 9_999)
        #expect(cache.find(Array(longest.utf8), now: 0) == .urgent)
        #expect(cache.find(Array((longest + "k").utf8), now: 0) == nil)
    }
}

@Suite("Sampling") struct SamplerTests {
    @Test(arguments: [0, 1, 10, 33, 50, 99, 100]) func share(_ percent: Int) {
        var sampler = Sampler()
        var picked = 0
        for _ in 0..<1_000 where sampler.picks(percent: percent) { picked += 1 }
        #expect(picked == percent * 10)
    }
}
