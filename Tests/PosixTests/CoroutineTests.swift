// Work that stops half-way and is gone on with.

import Posix
import Testing

@Suite("Coroutines") struct CoroutineTests {
    @Test("two pieces of work take turns")
    func turns() throws {
        var told: [String] = []
        let first = try Coroutine(stackBytes: 64 << 10)
        let second = try Coroutine(stackBytes: 64 << 10)
        for (name, coroutine) in [("a", first), ("b", second)] {
            coroutine.begin {
                for step in 0..<3 {
                    told.append("\(name)\(step)")
                    coroutine.suspend()
                }
            }
        }
        var ends = 0
        while ends < 2 {
            ends = 0
            for coroutine in [first, second] where !coroutine.isBusy || coroutine.resume() { ends += 1 }
        }
        #expect(told == ["a0", "b0", "a1", "b1", "a2", "b2"])
        #expect(!first.isBusy && !second.isBusy)
    }

    @Test("what is on the stack is there after each turn, as deep as was asked for")
    func depth() throws {
        let coroutine = try Coroutine(stackBytes: 1 << 20)
        var sum = 0
        coroutine.begin { sum = Self.sum(2_000) { coroutine.suspend() } }
        var turns = 1
        while !coroutine.resume() { turns += 1 }
        #expect(turns == 2_002)
        #expect(sum == 2_001_000)
    }

    @Test("one after another on the same stack")
    func again() throws {
        let coroutine = try Coroutine(stackBytes: 64 << 10)
        var total = 0
        for number in 1...1_000 {
            coroutine.begin { total += number }
            #expect(coroutine.resume())
        }
        #expect(total == 500_500)
    }

    private static func sum(_ depth: Int, _ pause: () -> Void) -> Int {
        pause()
        return depth == 0 ? 0 : depth + sum(depth - 1, pause)
    }
}
