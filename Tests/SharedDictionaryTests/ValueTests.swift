// One process's view: values, limits, expiry, listing.

import Bytes
import SharedDictionary
import Testing

@Suite("Shared dictionary: values") struct ValueTests {
    /// The authors' first vectors for 128 bits of output: the key is 00 to 0f, the input 00, 01, ...
    @Test("SipHash-2-4-128", arguments: [(0, UInt64(0xE6A8_25BA_047F_81A3), UInt64(0x9302_55C7_1472_F66D))])
    func digest(_ count: Int, _ low: UInt64, _ high: UInt64) {
        let arena = Arena()
        let input = arena.fill(upTo: count) { output in
            for index in 0..<count { output.append(UInt8(index)) }
        }
        #expect(TestDictionary.seed.digest(input) == KeyDigest(low: low, high: high))
    }

    @Test func digestsTellKeysApart() throws {
        let dictionary = try TestDictionary()
        let seed = TestDictionary.seed
        var seen: Set<KeyDigest> = []
        for count in 0..<300 { seen.insert(seed.digest(dictionary.view(String(repeating: "a", count: count)))) }
        #expect(seen.count == 300)
        #expect(seed.name(dictionary.view("Counter_1")) == seed.name(dictionary.view("cOUNTER_1")))
        #expect(seed.name(dictionary.view("Counter_1")) != seed.name(dictionary.view("counter_2")))
        #expect(seed.digest(dictionary.view("A")) != seed.digest(dictionary.view("a")))
        #expect(KeySeed.random() != KeySeed.random())
    }

    static let additions: [(start: Int64?, amount: Int64, want: Int64)] = [
        (nil, 1, 1), (nil, -1, 0), (5, -3, 2), (5, -5, 0), (5, -6, 0), (0, .max, .max), (1, .max, .max),
        (.max, 1, .max), (.max - 1, 1, .max), (.max, .min, 0), (0, .min, 0), (.min, -1, 0), (7, 0, 7),
    ]

    @Test(arguments: additions) func addition(_ start: Int64?, _ amount: Int64, _ want: Int64) throws {
        let dictionary = try TestDictionary()
        let table = try dictionary.table()
        let key = dictionary.key("g", "n")
        if let start { table.set(key, dictionary.draft("n"), to: .number(start), at: 1) }
        #expect(table.add(amount, to: key, dictionary.draft("n"), at: 1) == want)
        #expect(table.number(of: key, at: 1) == want)
        #expect(dictionary.value(table, "g", "n") == "\(want)")
    }

    @Test func kindsFollowOneAnother() throws {
        let dictionary = try TestDictionary()
        let table = try dictionary.table()
        let key = dictionary.key("g", "n")
        let draft = dictionary.draft("n")
        #expect(dictionary.value(table, "g", "n") == "-")
        table.set(key, draft, to: .text(dictionary.view("12abc")), at: 1)
        #expect(dictionary.value(table, "g", "N") == "\"12abc\"")
        #expect(table.number(of: key, at: 1) == nil)
        #expect(table.add(3, to: key, draft, at: 1, textValue: { Int64($0.count) }) == 8)
        #expect(dictionary.value(table, "g", "n") == "8")
        table.set(key, draft, to: .text(.empty), at: 1)
        #expect(dictionary.value(table, "g", "n") == "\"\"")
        table.set(key, draft, to: .number(-4), at: 1)
        #expect(dictionary.value(table, "g", "n") == "-4")
        #expect(dictionary.value(table, "other", "n") == "-")
        #expect(table.entryCount == 1)
        table.remove(key)
        #expect(dictionary.value(table, "g", "n") == "-")
        #expect(table.entryCount == 0)
    }

    /// As a rate limit does: a theoretical arrival time that only moves when the request conforms.
    @Test func cellsForRates() throws {
        let dictionary = try TestDictionary(shape: .numbers)
        let table = try dictionary.table()
        let key = dictionary.key("rate", "192.0.2.1")
        func arrives(at now: Int64) -> Bool {
            var conforms = false
            _ = table.update(key, dictionary.draft("192.0.2.1", expiry: now + 1_000), at: now) { arrival in
                conforms = arrival <= now + 50
                return conforms ? max(arrival, now) + 20 : arrival
            }
            return conforms
        }
        let answers = [1, 1, 1, 1, 20, 20].map { arrives(at: $0) }
        #expect(answers == [true, true, true, false, true, false])
    }

    @Test("a text of the limit is whole, one byte more is cut") func textLimit() throws {
        let dictionary = try TestDictionary()
        let table = try dictionary.table()
        let limit = TableShape.texts.textBytes
        for count in [0, 1, 7, 8, 9, limit - 1, limit, limit + 1, 100_000] {
            let text = String((0..<count).map { Character(UnicodeScalar(UInt8(97 + $0 % 26))) })
            table.set(
                dictionary.key("g", "n"), dictionary.draft("n"), to: .text(dictionary.view(text)), at: 1)
            #expect(dictionary.value(table, "g", "n") == "\"\(text.prefix(limit))\"")
        }
    }

    @Test("a name of the limit is listed, a longer one by its digest; they never meet")
    func nameLimit() throws {
        let dictionary = try TestDictionary()
        let table = try dictionary.table()
        let limit = TableShape.texts.nameBytes
        let names = [limit, limit + 1, limit + 2, 70_000].map { String(repeating: "n", count: $0) }
        for (index, name) in names.enumerated() {
            table.set(dictionary.key("g", name), dictionary.draft(name), to: .number(Int64(index)), at: 1)
        }
        for (index, name) in names.enumerated() {
            #expect(dictionary.value(table, "g", name) == "\(index)")
        }
        var listed: [String] = []
        table.visit(TestDictionary.seed.digest(dictionary.view("g")), at: 1) { place in
            listed.append(table.name(at: place, into: dictionary.arena)?.string ?? "?")
            return true
        }
        #expect(listed.count == names.count && Set(listed).count == names.count)
        #expect(listed.contains(names[0]))
        #expect(listed.filter { $0.count == 16 }.count == 3)
    }

    @Test("what has ended is not there, and begins anew") func expiry() throws {
        let dictionary = try TestDictionary()
        let table = try dictionary.table()
        let key = dictionary.key("g", "n")
        _ = table.add(5, to: key, dictionary.draft("n", expiry: 100), at: 10)
        #expect(dictionary.value(table, "g", "n", at: 99) == "5")
        #expect(dictionary.value(table, "g", "n", at: 100) == "-")
        #expect(table.expiry(of: key, at: 99) == 100)
        #expect(table.expiry(of: key, at: 100) == nil)
        #expect(table.add(1, to: key, dictionary.draft("n", expiry: 300), at: 100) == 1)
        table.setExpiry(key, dictionary.draft("n"), to: 150, at: 110)
        table.extend(TestDictionary.seed.digest(dictionary.view("g")), to: 900, at: 120)
        #expect(table.expiry(of: key, at: 120) == 150)
        let times = try #require(table.times(of: key, at: 120))
        #expect(times.created == 100 && times.touched == 100 && times.lifetime == 1_000)
    }

    @Test("an expiry may come before the value") func expiryFirst() throws {
        let dictionary = try TestDictionary()
        let table = try dictionary.table()
        let key = dictionary.key("g", "n")
        table.setExpiry(key, dictionary.draft("n"), to: 50, at: 1)
        #expect(dictionary.value(table, "g", "n") == "-")
        #expect(table.add(2, to: key, dictionary.draft("n", expiry: 1_000), at: 1) == 2)
        #expect(dictionary.value(table, "g", "n", at: 49) == "2")
        #expect(dictionary.value(table, "g", "n", at: 50) == "-")
    }

    @Test("a group keeps to its share; its head stays") func groupLimit() throws {
        let dictionary = try TestDictionary()
        let table = try dictionary.table()
        let group = TestDictionary.seed.digest(dictionary.view("g"))
        table.set(EntryKey(headOf: group), dictionary.draft(""), to: .number(1), at: 1)
        for index in 1..<TableLimits.entriesPerGroup {
            _ = table.add(1, to: dictionary.key("g", "n\(index)"), dictionary.draft("n\(index)"), at: Int64(index))
        }
        #expect(table.statistics.evictions == 0)
        #expect(table.entryCount == TableLimits.entriesPerGroup)
        _ = table.add(1, to: dictionary.key("g", "more"), dictionary.draft("more"), at: 1_000)
        #expect(table.statistics.evictions == 1)
        #expect(table.entryCount == TableLimits.entriesPerGroup)
        #expect(table.number(of: EntryKey(headOf: group), at: 1) == 1)
        #expect(dictionary.value(table, "g", "n1") == "-")
        #expect(dictionary.value(table, "g", "n2") == "1")
        table.removeAll(of: group)
        #expect(table.entryCount == 0)
    }

    @Test("a full dictionary takes ended entries first, then the oldest") func eviction() throws {
        let dictionary = try TestDictionary(shape: .numbers)
        let table = try dictionary.table()
        for index in 0..<10_000 {
            let name = "k\(index)"
            #expect(table.add(1, to: dictionary.key(name, "n"), dictionary.draft(name), at: Int64(index)) == 1)
        }
        #expect(table.statistics.refusals == 0)
        #expect(table.statistics.evictions == 10_000 - table.entryCount)
        #expect(table.entryCount <= table.slotCount && table.entryCount > table.slotCount * 9 / 10)
        // The newest is there, the very first is not.
        #expect(dictionary.value(table, "k9999", "n") == "1")
        #expect(dictionary.value(table, "k0", "n") == "-")
        let evictions = table.statistics.evictions
        // All have ended by now.
        for index in 0..<100 {
            let name = "l\(index)"
            _ = table.add(1, to: dictionary.key(name, "n"), dictionary.draft(name, expiry: .max), at: 2_000_000)
        }
        #expect(table.statistics.evictions == evictions)
    }

    @Test("sizes and writers at their limits") func limits() throws {
        let sizes = TableLimits.fileBytes
        for (bytes, fits) in [
            (sizes.lowerBound, true), (sizes.lowerBound - 1, false), (sizes.upperBound, true),
            (sizes.upperBound + 1, false), (Int.max, false), (0, false), (-1, false),
        ] {
            let made = try? TestDictionary(bytes: bytes)
            #expect((made != nil) == fits, "\(bytes)")
        }
        for (writers, fits) in [(1, true), (TableLimits.writers, true), (TableLimits.writers + 1, false), (0, false)] {
            #expect(((try? TestDictionary(bytes: 1 << 20, writers: writers)) != nil) == fits)
        }
        let dictionary = try TestDictionary(writers: 2)
        #expect(throws: TableError.noSuchWriter(2, count: 2)) { try dictionary.table(2) }
        _ = try dictionary.table(1)
    }
}
