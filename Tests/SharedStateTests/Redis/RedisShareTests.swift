// Gateways that share limits and bans through a real Redis.

import Bytes
import Posix
import SharedDictionary
@testable import SharedState
import Testing

@Suite("Redis: sharing", .serialized, .enabled(if: RedisServer.isInstalled)) struct RedisShareTests {
    static func limit(_ rate: Int, burst: Int) throws -> FloodLimit {
        try #require(FloodLimit(rate: rate, per: .second, burst: burst))
    }

    /// Asks at both until the time is over, four times the rate at each.
    ///
    /// - Returns: What was admitted at each, and the time in seconds.
    static func flood(
        _ gateways: [TestGateway], _ meters: [FloodMeter], key: String, seconds: Double,
        meanwhile: () throws -> Void = {}
    ) throws -> (admitted: [Int], seconds: Double) {
        let before = meters.map(\.statistics.admitted)
        let start = TestGateway.wallNow
        var asked = 0.0
        _ = try loop(seconds: seconds) {
            try meanwhile()
            let due = Double(TestGateway.wallNow - start) / 1e6 * 800
            while asked < due {
                asked += 1
                for (gateway, meter) in zip(gateways, meters) {
                    _ = meter.ask(key: gateway.view(key), now: TestGateway.wallNow)
                }
            }
            for gateway in gateways { gateway.turn() }
            return false
        }
        let time = Double(TestGateway.wallNow - start) / 1e6
        return (zip(meters, before).map { $0.statistics.admitted - $1 }, time)
    }

    static func connect(_ gateways: [TestGateway], meanwhile: () throws -> Void = {}) throws {
        let isUp = try loop(seconds: 10) {
            try meanwhile()
            for gateway in gateways { gateway.turn() }
            return gateways.allSatisfy { $0.share.isUp }
        }
        #expect(isUp)
    }

    @Test("two gateways share one limit within 5 %") func shared() throws {
        let server = try RedisServer()
        let gateways = [try TestGateway(port: server.port), try TestGateway(port: server.port)]
        try Self.connect(gateways)
        let limit = try Self.limit(200, burst: 100)
        let meters = gateways.map { $0.meter(limit) }
        let (admitted, time) = try Self.flood(gateways, meters, key: "192.0.2.1", seconds: 6)
        let wanted = 101 + 200 * time
        let sum = Double(admitted.reduce(0, +))
        print("shared limit: \(admitted) of \(Int(wanted)) in \(time) s, \(gateways[0].share.statistics)")
        #expect(abs(sum - wanted) < wanted * 0.05)
        #expect(admitted.allSatisfy { Double($0) > wanted * 0.25 })
        server.stop()
    }

    @Test("one that is cut off counts alone, and is part of it again when it comes back") func cutOff() throws
    {
        let server = try RedisServer()
        let relay = try Relay(to: server.port)
        let gateways = [try TestGateway(port: server.port), try TestGateway(port: relay.port)]
        try Self.connect(gateways) { try relay.turn() }
        let limit = try Self.limit(200, burst: 40)
        let meters = gateways.map { $0.meter(limit) }
        let key = "2001:db8::1"
        _ = try Self.flood(gateways, meters, key: key, seconds: 1) { try relay.turn() }

        relay.cut()
        gateways[0].bans.ban(
            key: gateways[0].view("banned meanwhile"), seconds: 600, now: TestGateway.wallNow)
        gateways[1].bans.ban(key: gateways[1].view("banned apart"), seconds: 600, now: TestGateway.wallNow)
        let apart = try Self.flood(gateways, meters, key: key, seconds: 4) { try relay.turn() }
        print("cut off: \(apart), \(gateways[1].share.statistics)")
        #expect(!gateways[1].share.isUp && gateways[0].share.isUp)
        #expect(gateways[1].share.statistics.failures >= 2)
        // Each at the whole rate, less what was overdrawn together before.
        for count in apart.admitted {
            #expect(Double(count) < 41 + 200 * apart.seconds)
            #expect(Double(count) > 0.75 * 200 * apart.seconds)
        }
        #expect(!gateways[0].contains("banned apart") && !gateways[1].contains("banned meanwhile"))

        try relay.mend()
        try Self.connect(gateways) { try relay.turn() }
        // What was pending is merged: both refuse for a while, then the limit is one again.
        _ = try Self.flood(gateways, meters, key: key, seconds: 3) { try relay.turn() }
        let together = try Self.flood(gateways, meters, key: key, seconds: 5) { try relay.turn() }
        print("together again: \(together), \(gateways[1].share.statistics)")
        let wanted = 200 * together.seconds
        #expect(abs(Double(together.admitted.reduce(0, +)) - wanted) < wanted * 0.05)
        #expect(gateways[0].contains("banned apart") && gateways[1].contains("banned meanwhile"))
        #expect(gateways[1].notices.filter { $0 == .connected }.count >= 2)
        server.stop()
    }

    @Test("bans, their ends and their times travel") func bans() throws {
        let server = try RedisServer(password: "a secret")
        let gateways = try (0..<2).map { _ in try TestGateway(port: server.port, password: "a secret") }
        try Self.connect(gateways)
        func until(_ what: Comment, _ body: () -> Bool) {
            let isThere = loop(seconds: 10) {
                for gateway in gateways { gateway.turn() }
                return body()
            }
            #expect(isThere, what)
        }
        let (first, second) = (gateways[0], gateways[1])
        let longest = String(repeating: "k", count: RedisLimits.banKeyBytes)
        first.bans.ban(key: first.view("192.0.2.1"), seconds: 600, now: TestGateway.wallNow)
        first.bans.ban(key: first.view("192.0.2.2"), seconds: 2, now: TestGateway.wallNow)
        first.bans.ban(key: first.view(longest), seconds: 600, now: TestGateway.wallNow)
        first.bans.ban(key: first.view(longest + "k"), seconds: 600, now: TestGateway.wallNow)
        until("bans arrive") {
            second.contains("192.0.2.1") && second.contains("192.0.2.2") && second.contains(longest)
        }
        #expect(!second.contains(longest + "k"))
        let end = try #require(second.bans.end(of: second.view("192.0.2.1"), now: TestGateway.wallNow))
        #expect(abs(end - TestGateway.wallNow / 1_000 - 600_000) < 10_000)
        until("a ban ends by itself") { !second.contains("192.0.2.2") && !first.contains("192.0.2.2") }
        second.bans.unban(key: second.view("192.0.2.1"), now: TestGateway.wallNow)
        until("an end arrives") { !first.contains("192.0.2.1") }
        // Who comes later is told what holds: more than one exchange's worth.
        for number in 0..<600 {
            first.bans.ban(key: first.view("late \(number)"), seconds: 600, now: TestGateway.wallNow)
        }
        until("all are told") { first.share.bans.pending.isEmpty }
        let third = try TestGateway(port: server.port, password: "a secret")
        let hasAll = loop(seconds: 10) {
            third.turn()
            return third.contains("late 0") && third.contains("late 599")
        }
        #expect(hasAll)
        #expect(third.bans.list(limit: 1_000, now: TestGateway.wallNow).bans.count == 601)
        #expect(first.share.statistics.dropped == 1)
        server.stop()
    }

    @Test("a server that refuses, that is not there, and that comes") func trouble() throws {
        let server = try RedisServer(password: "right")
        let wrong = try TestGateway(port: server.port, password: "wrong")
        let isRefused = loop(seconds: 10) {
            wrong.turn()
            return wrong.notices.contains {
                if case .failed(let text) = $0 { text.contains("WRONGPASS") } else { false }
            }
        }
        #expect(isRefused && !wrong.share.isUp)
        let none = try TestGateway(port: server.port)
        let isAsked = loop(seconds: 10) {
            none.turn()
            return none.notices.contains {
                if case .failed(let text) = $0 { text.contains("NOAUTH") } else { false }
            }
        }
        #expect(isAsked)
        server.stop()

        let port = try RedisServer.freePort()
        let early = try TestGateway(port: port)
        let meter = early.meter(try Self.limit(10, burst: 0))
        #expect(meter.ask(key: early.view("k"), now: TestGateway.wallNow) == .admitted)
        let hasFailed = loop(seconds: 10) {
            early.turn()
            return early.share.statistics.failures >= 3
        }
        #expect(hasFailed && !early.share.flood.pending.isEmpty)
        let late = try RedisServer(port: port)
        try Self.connect([early])
        let isTold = loop(seconds: 10) {
            early.turn()
            return early.share.flood.pending.isEmpty && early.share.flood.told.isEmpty
        }
        #expect(isTold)
        late.stop()
    }
}
