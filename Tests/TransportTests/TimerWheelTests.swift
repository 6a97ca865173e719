import Bytes
import Testing
import Transport

@Suite("Timer wheel") struct TimerWheelTests {
    static func token(_ number: UInt32) -> EventToken {
        EventToken(kind: 1, handle: SlotHandle(index: number, generation: 1))
    }

    /// No entry fires before its deadline, and every one within two ticks after it.
    @Test(arguments: [1, 15, 16, 17, 100, 16_000, 16_384, 16_385, 60_000, 200_000])
    func firesOnceAndInTime(delay: Int) {
        let start = 1_000_003
        var wheel = TimerWheel(now: start)
        wheel.insert(Self.token(7), deadline: start + delay)
        var firedAt: Int?
        var due: [EventToken] = []
        for now in stride(from: start, through: start + delay + 64, by: 1) {
            wheel.expire(now: now, into: &due)
            if !due.isEmpty && firedAt == nil { firedAt = now }
        }
        #expect(due == [Self.token(7)])
        #expect(wheel.count == 0)
        if let firedAt {
            #expect(firedAt >= start + delay)
            #expect(firedAt <= start + delay + 2 * TimerWheel.tickMilliseconds)
        }
    }

    /// A loop that sleeps as long as it is told meets every deadline.
    @Test func sleepingByTheWheelMissesNothing() {
        var wheel = TimerWheel(now: 0)
        var generator = SystemRandomNumberGenerator()
        var deadlines: [UInt32: Int] = [:]
        for number in UInt32(0)..<500 {
            let deadline = Int.random(in: 1...100_000, using: &generator)
            deadlines[number] = deadline
            wheel.insert(Self.token(number), deadline: deadline)
        }
        var now = 0
        var due: [EventToken] = []
        var wakeUps = 0
        while let pause = wheel.millisecondsToNext(now: now) {
            now += max(pause, 1)
            wakeUps += 1
            due.removeAll()
            wheel.expire(now: now, into: &due)
            for token in due {
                let deadline = deadlines.removeValue(forKey: token.handle.index)
                #expect(deadline != nil)
                #expect(now >= deadline ?? .max)
                #expect(now <= (deadline ?? 0) + 2 * TimerWheel.tickMilliseconds)
            }
        }
        #expect(deadlines.isEmpty)
        #expect(wakeUps < 3_000)
    }

    @Test func anEntryInThePastFiresWithTheNextTick() {
        var wheel = TimerWheel(now: 1_000)
        wheel.insert(Self.token(1), deadline: 10)
        var due: [EventToken] = []
        wheel.expire(now: 1_000 + 2 * TimerWheel.tickMilliseconds, into: &due)
        #expect(due == [Self.token(1)])
    }
}
