// What a limit lets pass, without any table.

import SharedState
import Testing

@Suite("Flood limit: judging") struct FloodLimitTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var name: String
        var rate: Int
        var period = FloodLimit.Period.second
        var burst: Int
        var delayAfter: Int?
        /// Milliseconds, cost.
        var asks: [(at: Int64, cost: Int)]
        var want: [FloodAnswer]
        var testDescription: String { name }
    }

    static let rows: [Row] = [
        Row(
            name: "no burst: one, then one an interval", rate: 10, burst: 0,
            asks: [(0, 1), (0, 1), (99, 1), (100, 1), (100, 1)],
            want: [
                .admitted, .refused(retryAfter: 100), .refused(retryAfter: 1), .admitted,
                .refused(retryAfter: 100),
            ]),
        Row(
            name: "a burst passes at once", rate: 10, burst: 2,
            asks: [(0, 1), (0, 1), (0, 1), (0, 1), (100, 1)],
            want: [.admitted, .admitted, .admitted, .refused(retryAfter: 100), .admitted]),
        Row(
            name: "a burst is delayed", rate: 10, burst: 3, delayAfter: 1,
            asks: [(0, 1), (0, 1), (0, 1), (0, 1), (0, 1)],
            want: [.admitted, .admitted, .delayed(for: 100), .delayed(for: 200), .refused(retryAfter: 100)]),
        Row(
            name: "all of a burst is delayed", rate: 10, burst: 2, delayAfter: 0,
            asks: [(0, 1), (0, 1), (50, 1)],
            want: [.admitted, .delayed(for: 100), .delayed(for: 150)]),
        Row(
            name: "a minute's rate", rate: 6, period: .minute, burst: 0,
            asks: [(0, 1), (9_999, 1), (10_000, 1)],
            want: [.admitted, .refused(retryAfter: 1), .admitted]),
        Row(
            name: "costs", rate: 10, burst: 4, asks: [(0, 3), (0, 3), (0, 2), (0, 6)],
            want: [.admitted, .refused(retryAfter: 100), .admitted, .refused(retryAfter: .max)]),
        Row(
            name: "rest is not saved up", rate: 10, burst: 1,
            asks: [(0, 1), (60_000, 1), (60_000, 1), (60_000, 1)],
            want: [.admitted, .admitted, .admitted, .refused(retryAfter: 100)]),
        Row(
            name: "a clock that was set back a little waits, one set back by much begins with a full bucket",
            rate: 10, burst: 0, asks: [(1_000_000, 1), (999_950, 1), (800_000, 1), (800_100, 1)],
            want: [
                .admitted, .refused(retryAfter: 150), .refused(retryAfter: 100), .refused(retryAfter: 100),
            ]),
    ]

    @Test(arguments: rows) func answers(_ row: Row) throws {
        let limit = try #require(
            FloodLimit(rate: row.rate, per: row.period, burst: row.burst, delayAfter: row.delayAfter))
        var arrival: Int64 = 0
        var answers: [FloodAnswer] = []
        for ask in row.asks {
            let outcome = limit.judge(arrival: arrival, now: ask.at * 1_000_000, cost: ask.cost)
            arrival = outcome.arrival
            answers.append(outcome.answer)
        }
        #expect(answers == row.want)
    }

    /// A bucket of tokens, counted in fractions that are exact: another algorithm, the same answers.
    struct Bucket {
        let interval: Int64
        let capacity: Int64
        var level: Int64
        var last: Int64 = 0

        mutating func admits(at now: Int64, cost: Int) -> Bool {
            level = min(capacity, level + now - last)
            last = now
            let price = Int64(cost) * interval
            guard price <= level else { return false }
            level -= price
            return true
        }
    }

    @Test("agrees with a bucket of tokens", arguments: 0..<20) func agrees(_ seed: Int) throws {
        var random = SplitMix(state: UInt64(seed))
        let rates = [1, 3, 7, 100, 3_000, 1_000_000]
        let rate = rates[seed % rates.count]
        let burst = Int(random.next() % 50)
        let limit = try #require(FloodLimit(rate: rate, per: seed % 2 == 0 ? .second : .minute, burst: burst))
        var bucket = Bucket(interval: limit.interval, capacity: limit.capacity, level: limit.capacity)
        var now: Int64 = 1
        var arrival: Int64 = 0
        var admitted = 0
        for step in 0..<20_000 {
            now += Int64(random.next() % UInt64(2 * limit.interval))
            if random.next() % 100 == 0 { now += Int64(random.next() % UInt64(2 * limit.capacity)) }
            let cost = random.next() % 4 == 0 ? 1 + Int(random.next() % 5) : 1
            let outcome = limit.judge(arrival: arrival, now: now, cost: cost)
            let isAdmitted = outcome.answer == .admitted
            admitted += isAdmitted ? 1 : 0
            if isAdmitted != bucket.admits(at: now, cost: cost) {
                Issue.record("step \(step)")
                return
            }
            if case .refused(let wait) = outcome.answer, wait != .max {
                // What it says is true: in time it fits, a millisecond and more before it does not.
                let later = limit.judge(arrival: outcome.arrival, now: now + wait * 1_000_000, cost: cost)
                let early = limit.judge(
                    arrival: outcome.arrival, now: now + (wait - 1) * 1_000_000 - 1, cost: cost)
                #expect(later.answer == .admitted)
                #expect(early.answer != .admitted || wait == 1)
            }
            arrival = outcome.arrival
        }
        #expect(admitted > 1_000)
    }

    @Test("limits of the numbers") func limits() {
        func isLimit(_ rate: Int, _ burst: Int, _ delay: Int? = nil) -> Bool {
            FloodLimit(rate: rate, per: .second, burst: burst, delayAfter: delay) != nil
        }
        #expect(isLimit(1, 0) && isLimit(1_000_000, 1_000_000))
        for rate in [0, -1, 1_000_001, .max, .min] { #expect(!isLimit(rate, 0)) }
        for burst in [-1, 1_000_001, .max, .min] { #expect(!isLimit(1, burst)) }
        #expect(isLimit(1, 5, 5) && isLimit(1, 5, 0) && !isLimit(1, 5, 6) && !isLimit(1, 5, -1))
    }

    @Test("rates as text") func text() {
        func read(_ text: String) -> String? { FloodLimit.rate(text).map { "\($0.count) \($0.period)" } }
        #expect(read("100r/s") == "100 second")
        #expect(read("6r/m") == "6 minute")
        for text in [
            "", "r/s", "1", "1r", "1r/h", "1 r/s", "-1r/s", "1r/s ", "99999999999999999999r/s", "١r/s",
        ] {
            #expect(read(text) == nil, "\(text)")
        }
    }
}

/// Numbers that are the same in every run.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
