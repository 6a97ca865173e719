// Limits in a shared dictionary: exact over all who ask.

import Bytes
import SharedDictionary
import SharedState
import Testing

@Suite("Flood meter", .serialized) struct FloodMeterTests {
    static let start = TestTable.start

    static func limit(_ rate: Int, burst: Int, delayAfter: Int? = nil) throws -> FloodLimit {
        try #require(FloodLimit(rate: rate, per: .second, burst: burst, delayAfter: delayAfter))
    }

    @Test("keys, zones and dictionaries count apart, meters of one zone together") func apart() throws {
        let dictionary = try TestTable()
        let other = try TestTable()
        let limit = try Self.limit(1, burst: 0)
        let meter = FloodMeter(limit, zone: "a", in: try dictionary.table(0))
        let same = FloodMeter(limit, zone: "a", in: try dictionary.table(1))
        let zone = FloodMeter(limit, zone: "A", in: try dictionary.table(1))
        let elsewhere = FloodMeter(limit, zone: "a", in: try other.table(0))
        let key = dictionary.view("192.0.2.1")
        #expect(meter.ask(key: key, now: Self.start) == .admitted)
        #expect(same.ask(key: key, now: Self.start) == .refused(retryAfter: 1_000))
        #expect(zone.ask(key: key, now: Self.start) == .admitted)
        #expect(elsewhere.ask(key: key, now: Self.start) == .admitted)
        #expect(meter.ask(key: dictionary.view("192.0.2.10"), now: Self.start) == .admitted)
        #expect(meter.ask(key: .empty, now: Self.start) == .admitted)
        #expect(
            meter.ask(key: dictionary.view(String(repeating: "k", count: 5_000)), now: Self.start)
                == .admitted)
        #expect(meter.ask(key: key, now: Self.start + 1_000_000) == .admitted)
        #expect(meter.statistics.admitted == 5 && same.statistics.refused == 1)
    }

    @Test("costs out of range are brought into it, moments too") func extremes() throws {
        let dictionary = try TestTable()
        let meter = FloodMeter(try Self.limit(1, burst: 2), zone: "z", in: try dictionary.table())
        let key = dictionary.view("k")
        #expect(meter.ask(key: key, cost: .min, now: Self.start) == .admitted)
        #expect(meter.ask(key: key, cost: 0, now: Self.start) == .admitted)
        #expect(meter.ask(key: key, cost: .max, now: Self.start) == .refused(retryAfter: .max))
        #expect(meter.ask(key: key, cost: 1, now: Self.start) == .admitted)
        for (index, moment) in [Int64.min, -1, 0, .max].enumerated() {
            #expect(meter.ask(key: dictionary.view("m\(index)"), now: moment) == .admitted)
        }
        let largest = try #require(FloodLimit(rate: 1, per: .minute, burst: 1_000_000))
        let slow = FloodMeter(largest, zone: "slow", in: try dictionary.table())
        #expect(slow.ask(key: key, cost: 1_000_000, now: .max) == .admitted)
        #expect(slow.ask(key: key, cost: 1_000_000, now: .max) == .refused(retryAfter: 999_999 * 60_000))
    }

    /// The dictionary ends entries; a count must not end before it has run dry.
    @Test("a count outlives its time-to-live while it is used") func kept() throws {
        let dictionary = try TestTable()
        let meter = FloodMeter(try Self.limit(10, burst: 9), zone: "z", in: try dictionary.table())
        let key = dictionary.view("k")
        var admitted = 0
        // Ten minutes of twice the rate.
        for step in 0..<12_000 {
            if meter.ask(key: key, now: Self.start + Int64(step) * 50_000) == .admitted { admitted += 1 }
        }
        #expect(admitted == 10 + 11_999 / 2)
        #expect(try dictionary.table(1).entryCount == 1)
    }

    @Test("four who ask at once admit burst and rate, no more and no less", arguments: [1, 8, 200])
    func exact(_ keys: Int) throws {
        let dictionary = try TestTable()
        let limit = try Self.limit(1_000, burst: 99)
        // Each alone asks for more than is let pass: then it does not matter who runs when.
        let asks = max(100_000, keys * 2_000)
        let admitted = dictionary.race(writers: 4) { table, writer in
            let meter = FloodMeter(limit, zone: "z", in: table)
            let arena = Arena()
            let views = (0..<keys).map { arena.copy("192.0.2.\($0)") }
            // All go through the same second, each at its own pace; a moment may be behind another's.
            for step in 0..<asks {
                let now = Self.start + Int64(step) * 1_000_000 / Int64(asks)
                _ = meter.ask(key: views[step % keys], now: now)
            }
            #expect(meter.statistics.uncounted == 0)
            return meter.statistics.admitted
        }
        let sum = admitted.reduce(0, +)
        // 1 + burst + rate * t of each key, less where the last ask of a key comes before the second's end.
        #expect(sum <= keys * (1 + 99 + 999))
        #expect(sum >= keys * (1 + 99 + 999 - (keys == 1 ? 0 : 1)))
    }

    @Test("a dictionary that is full forgets the key that was quiet longest, and counts it") func full()
        throws
    {
        let dictionary = try TestTable(bytes: 64 << 10)
        let table = try dictionary.table()
        let meter = FloodMeter(try Self.limit(1, burst: 0), zone: "z", in: table)
        var passed = 0
        for step in 0..<20_000 {
            let now = Self.start + Int64(step)
            dictionary.arena.reset()
            let key = dictionary.view("client \(step)")
            #expect(meter.ask(key: key, now: now) == .admitted)
            if step % 5 == 0, meter.ask(key: dictionary.view("attacker"), now: now) == .admitted {
                passed += 1
            }
        }
        #expect(table.statistics.evictions > 15_000)
        // Refusals change nothing and so do not keep it: it is forgotten as others are, at most as often as
        // its neighbourhood is overrun.
        #expect(passed < 300)
        #expect(meter.statistics.uncounted == 0)
    }

    @Test("an ask is quick") func quick() throws {
        let dictionary = try TestTable()
        let meter = FloodMeter(
            try Self.limit(1_000_000, burst: 1_000_000), zone: "z", in: try dictionary.table())
        let keys = (0..<256).map { dictionary.view("192.0.2.\($0)") }
        let asks = 1_000_000
        var best = Duration.seconds(100)
        for round in 0..<5 {
            let time = ContinuousClock().measure {
                for step in 0..<asks {
                    _ = meter.ask(key: keys[step & 255], now: Self.start + Int64(round * asks + step))
                }
            }
            best = min(best, time)
        }
        let nanoseconds = best / .nanoseconds(1) / Double(asks)
        print("flood meter: \(Int(nanoseconds)) ns an ask")
        #expect(meter.statistics.admitted == 5 * asks)
        #expect(nanoseconds < 500)
    }
}
