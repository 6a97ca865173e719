// Who is kept out, and for how long.

import Bytes
import SharedDictionary
import SharedState
import Testing

@Suite("Bans") struct BanListTests {
    static let start = TestTable.start

    static func keys(_ bans: [Ban]) -> [String] {
        bans.map { String(decoding: $0.key, as: UTF8.self) }.sorted()
    }

    @Test("a ban is seen by all at once and ends by itself") func lifetime() throws {
        let dictionary = try TestTable()
        let list = BanList(in: try dictionary.table(0))
        let other = BanList(in: try dictionary.table(1))
        let key = dictionary.view("192.0.2.1")
        #expect(!other.contains(key: key, now: Self.start))
        #expect(list.ban(key: key, seconds: 10, now: Self.start))
        #expect(other.contains(key: key, now: Self.start))
        #expect(!other.contains(key: dictionary.view("192.0.2.2"), now: Self.start))
        #expect(other.end(of: key, now: Self.start) == Self.start / 1_000 + 10_000)
        #expect(other.contains(key: key, now: Self.start + 9_999_999))
        #expect(!other.contains(key: key, now: Self.start + 10_000_000))
        #expect(other.list(limit: 10, now: Self.start + 10_000_000).bans.isEmpty)
    }

    @Test("a second ban sets the end anew, an unban takes it away") func changes() throws {
        let dictionary = try TestTable()
        let list = BanList(in: try dictionary.table(0))
        let key = dictionary.view("2001:db8::1")
        list.ban(key: key, seconds: 10, now: Self.start)
        list.ban(key: key, seconds: 5, now: Self.start)
        #expect(list.end(of: key, now: Self.start) == Self.start / 1_000 + 5_000)
        list.ban(key: key, seconds: 500, now: Self.start)
        #expect(list.end(of: key, now: Self.start) == Self.start / 1_000 + 500_000)
        #expect(list.unban(key: key, now: Self.start))
        #expect(!list.unban(key: key, now: Self.start))
        #expect(!list.contains(key: key, now: Self.start))
    }

    @Test("seconds out of range are brought into it") func extremes() throws {
        let dictionary = try TestTable()
        let list = BanList(in: try dictionary.table(0))
        let rows: [(Int, Int64)] = [
            (.min, 1), (0, 1), (1, 1), (315_360_000, 315_360_000), (315_360_001, 315_360_000),
            (.max, 315_360_000),
        ]
        for (index, row) in rows.enumerated() {
            let key = dictionary.view("k\(index)")
            list.ban(key: key, seconds: row.0, now: Self.start)
            #expect(list.end(of: key, now: Self.start) == Self.start / 1_000 + row.1 * 1_000)
        }
    }

    @Test(
        "listed by pages, beside counts and other entries of the dictionary", arguments: TableShape.allCases)
    func pages(_ shape: TableShape) throws {
        let dictionary = try TestTable(shape: shape)
        let table = try dictionary.table(0)
        let list = BanList(in: table)
        let limit = try #require(FloodLimit(rate: 1, per: .second, burst: 0))
        let meter = FloodMeter(limit, zone: "z", in: table)
        for number in 0..<100 {
            list.ban(key: dictionary.view("192.0.2.\(number)"), seconds: 60, now: Self.start)
            _ = meter.ask(key: dictionary.view("192.0.2.\(number)"), now: Self.start)
        }
        var found: [Ban] = []
        var place: Int? = 0
        var pages = 0
        while let from = place {
            let page = list.list(from: from, limit: 7, now: Self.start)
            #expect(page.bans.count == 7 || page.next == nil)
            found += page.bans
            place = page.next
            pages += 1
        }
        #expect(pages == 15)
        #expect(Self.keys(found) == (0..<100).map { "192.0.2.\($0)" }.sorted())
        #expect(list.list(from: .max, limit: 1, now: Self.start).bans.isEmpty)
        #expect(list.list(from: -5, limit: 1, now: Self.start).bans.count == 1)
    }

    @Test("a key that is longer than its room is listed by its digest, and unbanned by that") func longKeys()
        throws
    {
        let dictionary = try TestTable()
        let list = BanList(in: try dictionary.table(0))
        let longest = dictionary.view(String(repeating: "a", count: 40))
        let longer = dictionary.view(String(repeating: "a", count: 41))
        list.ban(key: longest, seconds: 60, now: Self.start)
        list.ban(key: longer, seconds: 60, now: Self.start)
        let names = Self.keys(list.list(limit: 10, now: Self.start).bans)
        #expect(names.count == 2 && names[1] == longest.string)
        #expect(names[0].hasPrefix("#") && names[0].count == 33)
        #expect(!list.unban(key: dictionary.view("#" + String(repeating: "z", count: 32)), now: Self.start))
        #expect(list.unban(key: dictionary.view(names[0]), now: Self.start))
        #expect(!list.contains(key: longer, now: Self.start))
        #expect(list.contains(key: longest, now: Self.start))
    }

    @Test("bans stay while counts overrun the dictionary") func outlasting() throws {
        let dictionary = try TestTable(bytes: 64 << 10)
        let table = try dictionary.table(0)
        let list = BanList(in: table)
        let limit = try #require(FloodLimit(rate: 1, per: .second, burst: 0))
        let meter = FloodMeter(limit, zone: "z", in: table)
        for number in 0..<20 {
            list.ban(key: dictionary.view("banned \(number)"), seconds: 3_600, now: Self.start)
        }
        for number in 0..<20_000 {
            _ = meter.ask(key: dictionary.view("client \(number)"), now: Self.start + Int64(number) * 1_000)
        }
        #expect(table.statistics.evictions > 15_000)
        #expect(list.list(limit: 100, now: Self.start + 20_000_000).bans.count == 20)
    }

    @Test("which dictionary has them") func dictionaries() {
        #expect(BanList.dictionary(among: ["collections", "rates"]) == "collections")
        #expect(BanList.dictionary(among: ["collections", "bans"]) == "bans")
    }
}
