// What waits to be told.

import Bytes
import SharedDictionary
@testable import SharedState
import Testing

@Suite("Redis: ledgers") struct LedgerTests {
    static func entry(_ number: Int) -> EntryKey {
        // Many of the same place: the table must find each.
        EntryKey(group: KeyDigest(low: UInt64(number % 7), high: UInt64(number)), name: 1)
    }

    @Test("sums by key, up to the limit") func sums() {
        let arena = Arena()
        var sums = CountSums(limit: 1_000)
        for round in 0..<3 {
            for number in 0..<1_000 {
                sums.add(
                    Int64(number), to: Self.entry(number), zone: number % 3, key: arena.copy("key \(number)"),
                    since: Int64(100 - round))
            }
        }
        #expect(sums.sums.count == 1_000 && sums.dropped == 0)
        for (number, sum) in sums.sums.enumerated() {
            #expect(sum.consumed == Int64(3 * number) && sum.since == 98 && sum.zone == number % 3)
            #expect(sums.key(of: sum).string == "key \(number)")
            #expect(sums.consumed(of: Self.entry(number)) == Int64(3 * number))
        }
        sums.add(1, to: Self.entry(1_000), zone: 0, key: arena.copy("one more"), since: 1)
        #expect(sums.sums.count == 1_000 && sums.dropped == 1)
        #expect(sums.consumed(of: Self.entry(1_000)) == 0)
        // Those that are there still grow, and not past what a number holds.
        sums.add(.max, to: Self.entry(5), zone: 0, key: .empty, since: 1)
        #expect(sums.consumed(of: Self.entry(5)) == .max)
        sums.removeAll()
        #expect(sums.isEmpty && sums.consumed(of: Self.entry(5)) == 0)
        sums.add(7, to: Self.entry(5), zone: 0, key: arena.copy("again"), since: 1)
        #expect(sums.sums.count == 1 && sums.key(of: sums.sums[0]).string == "again")
    }

    @Test("what was told and not answered is told again, with what came since") func takingBack() {
        let arena = Arena()
        let ledger = FloodLedger(limit: 10)
        func note(_ number: Int, _ amount: Int64, _ now: Int64) {
            ledger.note(amount, Self.entry(number), zone: 0, key: arena.copy("k\(number)"), now: now)
        }
        note(1, 10, 100)
        note(2, 20, 101)
        ledger.beginTelling()
        #expect(ledger.pending.isEmpty && ledger.told.sums.count == 2)
        note(2, 5, 110)
        note(3, 1, 111)
        ledger.takeBack()
        #expect(ledger.told.sums.count == 0)
        #expect((1...3).map { ledger.pending.consumed(of: Self.entry($0)) } == [10, 25, 1])
        #expect(ledger.pending.sums.first { $0.entry == Self.entry(2) }?.since == 101)
        ledger.beginTelling()
        ledger.settle()
        #expect(ledger.pending.isEmpty && ledger.told.isEmpty)
    }

    @Test("a long key is told by its digest") func longKeys() {
        let arena = Arena()
        let ledger = FloodLedger()
        for (number, count) in [RedisLimits.keyBytes, RedisLimits.keyBytes + 1, 100_000].enumerated() {
            ledger.note(
                1, Self.entry(number), zone: 0, key: arena.copy(String(repeating: "k", count: count)), now: 1)
        }
        #expect(ledger.pending.sums.map { ledger.pending.key(of: $0).count } == [64, 20, 20])
    }

    @Test("changes of bans, up to the limit and in their order") func bans() {
        let arena = Arena()
        let ledger = BanLedger(limit: 300)
        for number in 0..<301 { ledger.note(key: arena.copy("k\(number)"), end: Int64(number)) }
        ledger.note(key: arena.copy(String(repeating: "k", count: RedisLimits.banKeyBytes + 1)), end: 1)
        #expect(ledger.pending.count == 300 && ledger.dropped == 2)
        #expect(ledger.beginTelling().map(\.end) == Array(0..<256))
        ledger.takeBack()
        #expect(ledger.beginTelling().count == 256)
        ledger.settle()
        #expect(ledger.beginTelling().map(\.end) == Array(256..<300))
        ledger.settle()
        #expect(ledger.pending.isEmpty)
    }

    @Test("a command as Redis reads it") func command() {
        var command = RedisCommand("SET", "key")
        command.append(-5)
        command.append("é")
        var bytes = ByteBuffer()
        command.encode(into: &bytes)
        #expect(bytes.view.string == "*4\r\n$3\r\nSET\r\n$3\r\nkey\r\n$2\r\n-5\r\n$2\r\né\r\n")
    }
}
