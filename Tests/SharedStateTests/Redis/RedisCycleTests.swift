// When a share connects, exchanges and gives up.

import SharedState
import Testing

@Suite("Redis: the cycle of a connection") struct RedisCycleTests {
    typealias Step = (event: RedisCycle.Event, at: Int64, want: RedisCycle.Action, state: RedisCycle.State)

    static func run(_ steps: [Step], interval: Int = 50) {
        var cycle = RedisCycle(intervalMilliseconds: interval)
        for (index, step) in steps.enumerated() {
            #expect(cycle.received(step.event, now: step.at) == step.want, "step \(index)")
            #expect(cycle.state == step.state, "step \(index)")
        }
    }

    static let up: [Step] = [
        (.tick(hasNews: false), 0, .connect, .connecting(until: 2_000)),
        (.connected, 5, .greet, .greeting(until: 2_005)),
        (.answered, 7, .exchange, .exchanging(since: 7, until: 2_007)),
        (.answered, 9, .nothing, .resting(since: 7)),
    ]

    @Test func exchanges() {
        Self.run(
            Self.up + [
                (.tick(hasNews: true), 56, .nothing, .resting(since: 7)),
                (.tick(hasNews: false), 57, .nothing, .resting(since: 7)),
                (.tick(hasNews: true), 57, .exchange, .exchanging(since: 57, until: 2_057)),
                (.tick(hasNews: true), 200, .nothing, .exchanging(since: 57, until: 2_057)),
                (.answered, 201, .nothing, .resting(since: 57)),
                (.tick(hasNews: true), 201, .exchange, .exchanging(since: 201, until: 2_201)),
                (.answered, 202, .nothing, .resting(since: 201)),
                (.tick(hasNews: false), 450, .nothing, .resting(since: 201)),
                (.tick(hasNews: false), 451, .exchange, .exchanging(since: 451, until: 2_451)),
            ])
    }

    @Test("an interval longer than that of idle ones holds for both") func longInterval() {
        var cycle = RedisCycle(intervalMilliseconds: 1_000)
        for step in Self.up { _ = cycle.received(step.event, now: step.at) }
        #expect(cycle.wakeAt(hasNews: true) == 1_007)
        #expect(cycle.wakeAt(hasNews: false) == 1_007)
    }

    @Test("patience ends", arguments: [1, 2, 3]) func patience(_ count: Int) {
        let steps = Array(Self.up.prefix(count))
        var cycle = RedisCycle(intervalMilliseconds: 50)
        for step in steps { _ = cycle.received(step.event, now: step.at) }
        let end = steps[count - 1].at + 2_000
        #expect(cycle.wakeAt(hasNews: true) == end)
        #expect(cycle.received(.tick(hasNews: true), now: end - 1) == .nothing)
        #expect(cycle.received(.tick(hasNews: true), now: end) == .giveUp)
        #expect(cycle.state == .away(until: end + 100))
    }

    @Test("a loss or a refusal in each state", arguments: 1...4) func losses(_ count: Int) {
        for event in [RedisCycle.Event.lost, .refused] {
            var cycle = RedisCycle(intervalMilliseconds: 50)
            for step in Self.up.prefix(count) { _ = cycle.received(step.event, now: step.at) }
            #expect(cycle.received(event, now: 100) == .giveUp)
            #expect(!cycle.isUp)
            // A second one of the same connection does not wait longer.
            #expect(cycle.received(event, now: 101) == .nothing)
            #expect(cycle.state == .away(until: 200))
        }
    }

    @Test("attempts become rarer, up to a bound, and begin anew after a success") func backOff() {
        var cycle = RedisCycle(intervalMilliseconds: 50)
        var now: Int64 = 0
        var delays: [Int64] = []
        func fail() {
            #expect(cycle.received(.tick(hasNews: true), now: now) == .connect)
            #expect(cycle.received(.lost, now: now) == .giveUp)
            delays.append(cycle.wakeAt(hasNews: true) - now)
            now = cycle.wakeAt(hasNews: true)
        }
        for _ in 0..<100 { fail() }
        #expect(delays.prefix(7) == [100, 200, 400, 800, 1_600, 3_200, 5_000])
        #expect(delays.suffix(93).allSatisfy { $0 == 5_000 })
        for event in [RedisCycle.Event.tick(hasNews: false), .connected, .answered, .lost] {
            _ = cycle.received(event, now: now)
        }
        #expect(cycle.wakeAt(hasNews: true) == now + 100)
    }

    @Test("what comes at the wrong time changes nothing") func strays() {
        var cycle = RedisCycle(intervalMilliseconds: 50)
        for event in [RedisCycle.Event.connected, .answered, .lost, .refused] {
            #expect(cycle.received(event, now: 1) == .nothing)
        }
        #expect(cycle.state == .away(until: .min))
        _ = cycle.received(.tick(hasNews: false), now: 1)
        #expect(cycle.received(.answered, now: 1) == .nothing)
        _ = cycle.received(.connected, now: 1)
        #expect(cycle.received(.connected, now: 1) == .nothing)
        _ = cycle.received(.answered, now: 1)
        #expect(cycle.received(.connected, now: 1) == .nothing)
        _ = cycle.received(.answered, now: 1)
        #expect(cycle.received(.connected, now: 1) == .nothing)
        #expect(cycle.received(.answered, now: 1) == .nothing)
        #expect(cycle.state == .resting(since: 1))
    }
}
