// Databases of places: what is found, and what damage does.

import Bytes
import Testing

@testable import Automata

@Suite("MaxMind DB File Format Specification 2.0") struct LocationDatabaseTests {
    static func withDatabase<R>(_ file: [UInt8], _ body: (LocationDatabase, Arena) throws -> R) throws -> R {
        var buffer = ByteBuffer()
        buffer.append(contentsOf: file)
        return try body(try LocationDatabase(validating: buffer.view), Arena())
    }

    static func country(_ address: String, _ database: LocationDatabase, _ arena: Arena) -> String? {
        guard let address = IPAddress(arena.copy(address)) else { return nil }
        return database.find(address)?.text("country", "iso_code", in: arena)?.string
    }

    static let rows: [(String, String?)] = [
        ("192.0.2.0", "DE"), ("192.0.2.255", "DE"), ("192.0.3.0", nil), ("192.0.1.255", nil),
        ("127.0.0.1", "ZZ"), ("::ffff:192.0.2.7", "DE"), ("2001:db8::1", "NL"),
        ("2001:db8:8000::", nil), ("2001:db8:7fff::", "NL"), ("::1", nil), ("0.0.0.0", nil),
        ("255.255.255.255", nil),
    ]

    @Test(arguments: [24, 28, 32]) func countries(_ recordBits: Int) throws {
        try Self.withDatabase(LocationFixture.file(recordBits: recordBits)) { database, arena in
            #expect(database.type.equals("Test"))
            for (address, country) in Self.rows {
                #expect(Self.country(address, database, arena) == country, "\(address)")
            }
        }
    }

    @Test func valuesOfEveryKind() throws {
        try Self.withDatabase(LocationFixture.file(recordBits: 24)) { database, arena in
            let place = try #require(database.find(.v4(0xC000_0201)))
            func text(_ value: ByteView?) -> String? { value?.string }
            #expect(text(place.text("city", "names", "en", in: arena)) == "Exampletown")
            #expect(text(place.text("location", "latitude", in: arena)) == "52.5")
            #expect(text(place.text("location", "longitude", in: arena)) == "-13.25")
            #expect(text(place.text("location", "metro_code", in: arena)) == "807")
            #expect(text(place.text("subdivisions", "0", "iso_code", in: arena)) == "BE")
            #expect(text(place.text("city", in: arena)) == nil)
            #expect(text(place.text("nothing", "at", "all", in: arena)) == nil)
        }
    }

    /// Whatever byte is changed, and wherever the file is cut: other answers or none, never a trap.
    @Test func damage() throws {
        let whole = LocationFixture.file(recordBits: 28)
        var refused = 0
        for index in whole.indices {
            for flip in [0x01, 0x80, 0xFF] as [UInt8] {
                var file = whole
                file[index] ^= flip
                refused += Self.lookUpAll(file) ? 0 : 1
            }
        }
        for count in stride(from: 0, to: whole.count, by: 7) { refused += Self.lookUpAll(Array(whole[..<count])) ? 0 : 1 }
        #expect(refused > whole.count / 7)
    }

    /// - Returns: false when the file is refused.
    static func lookUpAll(_ file: [UInt8]) -> Bool {
        let outcome: Void? = try? withDatabase(file) { database, arena in
            for (text, _) in rows {
                guard let address = IPAddress(arena.copy(text)), let place = database.find(address) else { continue }
                _ = place.text("city", "names", "en", in: arena)
                _ = place.text("subdivisions", "0", "iso_code", in: arena)
                _ = place.text("location", "latitude", in: arena)
            }
        }
        return outcome != nil
    }
}
