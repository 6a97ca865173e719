// Several writers at once, each with a map of its own; deaths in the middle of a write.

import Bytes
import Foundation
import Posix
@testable import SharedDictionary
import Testing

@Suite("Shared dictionary: sharing", .serialized) struct SharingTests {
    /// Runs a body on as many threads as there are writers and waits for all.
    static func race(_ dictionary: TestDictionary, writers: Int, _ body: @escaping @Sendable (EntryTable, Int) -> Void)
        throws
    {
        let descriptor = dictionary.file.descriptor
        let group = DispatchGroup()
        for writer in 0..<writers {
            let thread = Thread {
                do {
                    body(try EntryTable(descriptor: descriptor, writer: writer), writer)
                } catch {
                    Issue.record("\(error)")
                }
                group.leave()
            }
            group.enter()
            thread.start()
        }
        #expect(group.wait(timeout: .now() + 120) == .success)
    }

    static func key(_ name: String) -> EntryKey {
        let arena = Arena()
        return EntryKey(
            group: TestDictionary.seed.digest(arena.copy(name)), name: TestDictionary.seed.name(arena.copy("n")))
    }

    @Test func oneCounter() throws {
        let dictionary = try TestDictionary()
        let key = Self.key("counter")
        try Self.race(dictionary, writers: 4) { table, _ in
            for _ in 0..<50_000 {
                _ = table.add(1, to: key, EntryDraft(name: .empty, expiry: .max), at: 1)
            }
        }
        #expect(try dictionary.table(7).number(of: key, at: 1) == 200_000)
    }

    /// The race that matters is for the first write: many new keys, each counted by all.
    @Test func manyNewCounters() throws {
        let dictionary = try TestDictionary(bytes: 8 << 20)
        let keys = (0..<2_000).map { Self.key("k\($0)") }
        try Self.race(dictionary, writers: 4) { table, _ in
            for key in keys {
                for _ in 0..<5 { _ = table.add(1, to: key, EntryDraft(name: .empty, expiry: .max), at: 1) }
            }
        }
        let table = try dictionary.table(7)
        let wrong = keys.filter { table.number(of: $0, at: 1) != 20 }
        #expect(wrong.isEmpty)
        #expect(table.entryCount == keys.count)
    }

    /// Counters come and go under those who count: whatever is counted is counted for its own key.
    @Test func removalsAndEvictionsMixNothingUp() throws {
        let dictionary = try TestDictionary(shape: .numbers)
        try Self.race(dictionary, writers: 4) { table, writer in
            for round in 0..<5_000 {
                let number = (round &* 7919 &+ writer) % 3_000
                let key = Self.shared[number]
                // Each key counts in steps of its own; any other remainder is another key's.
                let step = Int64(number + 1)
                let sum = table.add(step, to: key, EntryDraft(name: .empty, expiry: .max), at: Int64(round))
                if let sum, sum % step != 0 { Issue.record("\(sum) is no multiple of \(step)") }
                if round % 5 == 0 { table.remove(key) }
            }
        }
        let table = try dictionary.table(7)
        var count = 0
        table.visitAll(at: 0) { _ in count += 1 }
        #expect(count == table.entryCount)
    }

    static let shared = (0..<3_000).map { key("s\($0)") }

    @Test("a text is read whole or not at all") func texts() throws {
        let dictionary = try TestDictionary()
        let key = Self.key("text")
        try Self.race(dictionary, writers: 4) { table, writer in
            let arena = Arena()
            let text = arena.copy(String(repeating: "\(writer)", count: 64 + writer * 50))
            let room = Arena()
            for _ in 0..<3_000 {
                room.reset()
                table.set(key, EntryDraft(name: .empty, expiry: .max), to: .text(text), at: 1)
                guard case .text(let read)? = table.value(of: key, at: 1, into: room) else { continue }
                let first = Int(read[0]) - 0x30
                if read.count != 64 + first * 50 || read.indices.contains(where: { read[$0] != read[0] }) {
                    Issue.record("torn text \(read.string)")
                }
            }
        }
    }

    @Test("texts and numbers in turn: a number ends exact") func kinds() throws {
        let dictionary = try TestDictionary()
        let key = Self.key("mixed")
        try Self.race(dictionary, writers: 4) { table, writer in
            let arena = Arena()
            let zero = arena.copy("zero")
            for round in 0..<10_000 {
                if writer == 0, round < 5_000 {
                    table.set(key, EntryDraft(name: .empty, expiry: .max), to: .text(zero), at: 1)
                }
                _ = table.add(1, to: key, EntryDraft(name: .empty, expiry: .max), at: 1)
            }
        }
        let sum = try #require(try dictionary.table(7).number(of: key, at: 1))
        #expect(sum >= 1 && sum <= 40_000)
    }

    @Test("the master clears what a dead writer left half done") func recovery() throws {
        let dictionary = try TestDictionary()
        let dead = try dictionary.table(0)
        let living = try dictionary.table(1)
        let draft = dictionary.draft("n")
        let text = dictionary.key("text", "n")
        dead.set(text, draft, to: .text(dictionary.view("whole")), at: 1)
        _ = dead.add(9, to: dictionary.key("number", "n"), draft, at: 1)
        // It dies between claiming the sequence word and setting it free, still holding its pin.
        let place = try #require(dead.find(text))
        #expect(dead.pin(place))
        let word = dead.layout.slot(place.slot) + SlotCell.sequence
        dead.cells.store(SequenceWord(bits: dead.cells.load(word)).busy(0).bits, at: word)

        #expect(dictionary.value(living, "text", "n") == "-")
        #expect(living.add(1, to: text, draft, at: 1) == nil)
        #expect(living.statistics.refusals == 1)
        let master = try dictionary.table(7)
        #expect(master.recover(fromDeathOf: 0) == 1)
        #expect(living.add(1, to: text, draft, at: 1) == 1)
        #expect(dictionary.value(living, "number", "n") == "9")
        #expect(living.entryCount == 2)
    }

    @Test("a claim of a dead writer does not keep others from the key") func deadClaim() throws {
        let dictionary = try TestDictionary()
        let dead = try dictionary.table(0)
        let living = try dictionary.table(1)
        let key = dictionary.key("g", "n")
        let home = dead.layout.home(of: key.group)
        let control = ControlWord(bits: dead.cells.load(dead.layout.control(home)))
        dead.cells.store(control.claimed(by: 0, tag: key.tag).bits, at: dead.layout.control(home))
        dead.cells.store(UInt64(home + 1), at: dead.layout.pin(0))
        #expect(living.add(1, to: key, dictionary.draft("n"), at: 1) == 1)
        #expect(living.add(1, to: key, dictionary.draft("n"), at: 1) == 2)
        try dictionary.table(7).recover(fromDeathOf: 0)
        #expect(dictionary.value(living, "g", "n") == "2")
        #expect(living.entryCount == 1)
    }
}
