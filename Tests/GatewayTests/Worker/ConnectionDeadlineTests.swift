import Bytes
import Testing
import Transport

@testable import Gateway

@Suite("A connection's deadline and its entry on the wheel") struct ConnectionDeadlineTests {
    static let token = EventToken(kind: 3, handle: SlotHandle(index: 1, generation: 1))

    /// Moves the clock on and counts how often the deadline is said to be over.
    static func run(_ deadline: inout ConnectionDeadline, _ wheel: inout TimerWheel, until end: Int) -> [Int] {
        var over: [Int] = []
        var due: [EventToken] = []
        for now in stride(from: 0, through: end, by: 4) {
            due.removeAll()
            wheel.expire(now: now, into: &due)
            for token in due where deadline.fired(now: now, token: token, on: &wheel) { over.append(now) }
        }
        return over
    }

    @Test func movingItOnCostsNoEntry() {
        var wheel = TimerWheel(now: 0)
        var deadline = ConnectionDeadline()
        for time in stride(from: 100, through: 1_000, by: 10) { deadline.set(time, token: Self.token, on: &wheel) }
        #expect(wheel.count == 1)
        let over = Self.run(&deadline, &wheel, until: 2_000)
        #expect(over.count == 1)
        #expect(over[0] >= 1_000 && over[0] <= 1_000 + 3 * TimerWheel.tickMilliseconds)
    }

    @Test func anEarlierOneFiresEarlier() {
        var wheel = TimerWheel(now: 0)
        var deadline = ConnectionDeadline()
        deadline.set(10_000, token: Self.token, on: &wheel)
        deadline.set(200, token: Self.token, on: &wheel)
        #expect(wheel.count == 2)
        let over = Self.run(&deadline, &wheel, until: 400)
        #expect(over.count == 1)
    }

    /// A short deadline before a long one, again and again: what an answer that is held for
    /// inspection does on a connection that is kept.
    @Test func shortOnesLeaveNoEntriesBehind() {
        var wheel = TimerWheel(now: 0)
        var deadline = ConnectionDeadline()
        var due: [EventToken] = []
        for now in stride(from: 0, through: 100_000, by: 20) {
            due.removeAll()
            wheel.expire(now: now, into: &due)
            for token in due { #expect(!deadline.fired(now: now, token: token, on: &wheel)) }
            if now % 200 == 0 {
                deadline.set(now + 100, token: Self.token, on: &wheel)
                deadline.set(now + 1_000, token: Self.token, on: &wheel)
            }
        }
        #expect(wheel.count <= 10)
    }

    @Test func aClearedOneNeverFires() {
        var wheel = TimerWheel(now: 0)
        var deadline = ConnectionDeadline()
        deadline.set(200, token: Self.token, on: &wheel)
        deadline.clear()
        #expect(Self.run(&deadline, &wheel, until: 1_000).isEmpty)
        #expect(wheel.count == 0)
    }
}
