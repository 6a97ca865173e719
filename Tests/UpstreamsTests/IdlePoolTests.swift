import Bytes
import Testing
import Upstreams

@Suite("Idle pool: keepalive N") struct IdlePoolTests {
    static func handle(_ index: UInt32) -> SlotHandle { SlotHandle(index: index, generation: 1) }

    @Test func givesTheMostRecentConnectionOfTheServer() {
        var pool = IdlePool(capacity: 4)
        for (index, server) in [(UInt32(1), 0), (2, 1), (3, 0)] {
            #expect(pool.put(Self.handle(index), server: server) == nil)
        }
        #expect(pool.take(server: 0) == Self.handle(3))
        #expect(pool.take(server: 0) == Self.handle(1))
        #expect(pool.take(server: 0) == nil)
        #expect(pool.take(server: 1) == Self.handle(2))
    }

    @Test func atTheLimitTheOldestGoes() {
        var pool = IdlePool(capacity: 2)
        #expect(pool.put(Self.handle(1), server: 0) == nil)
        #expect(pool.put(Self.handle(2), server: 0) == nil)
        #expect(pool.put(Self.handle(3), server: 0) == Self.handle(1))
        #expect(pool.count == 2)
        pool.remove(Self.handle(2))
        #expect(pool.drain() == [Self.handle(3)])
        #expect(pool.count == 0)
    }

    @Test func aPoolOfNoneKeepsNone() {
        var pool = IdlePool(capacity: 0)
        #expect(pool.put(Self.handle(9), server: 0) == Self.handle(9))
    }
}
