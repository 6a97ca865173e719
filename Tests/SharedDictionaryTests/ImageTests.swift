// What is kept over a restart, and what damaged files do.

import Bytes
import SharedDictionary
import Testing

@Suite("Shared dictionary: saving") struct ImageTests {
    /// A dictionary with numbers, texts, an ended entry and one without a value.
    static func filled(counters: Int = 200) throws -> (TestDictionary, EntryTable) {
        let dictionary = try TestDictionary(bytes: 256 << 10)
        let table = try dictionary.table()
        for index in 0..<counters {
            _ = table.add(
                Int64(index), to: dictionary.key("g\(index)", "count"), dictionary.draft("count"), at: 5)
        }
        table.set(
            dictionary.key("t", "Text"), dictionary.draft("Text"), to: .text(dictionary.view("va\u{0}lue")),
            at: 6)
        _ = table.add(1, to: dictionary.key("t", "short"), dictionary.draft("short", expiry: 10), at: 5)
        table.setExpiry(dictionary.key("t", "empty"), dictionary.draft("empty"), to: 900, at: 5)
        let long = String(repeating: "x", count: 500)
        _ = table.add(3, to: dictionary.key("t", long), dictionary.draft(long), at: 5)
        return (dictionary, table)
    }

    @Test func roundTrip() throws {
        let (dictionary, table) = try Self.filled()
        let image = TableImage.encode(table, at: 20)
        let other = try TestDictionary(bytes: 128 << 10, seed: TableImage.seed(of: dictionary.view(image)))
        let copy = try other.table()
        #expect(try TableImage.restore(dictionary.view(image), to: copy, at: 30) == 203)
        for index in 0..<200 { #expect(dictionary.value(copy, "g\(index)", "count") == "\(index)") }
        #expect(dictionary.value(copy, "t", "TEXT") == "\"va\u{0}lue\"")
        #expect(dictionary.value(copy, "t", "short") == "-")
        #expect(dictionary.value(copy, "t", String(repeating: "x", count: 500)) == "3")
        #expect(copy.expiry(of: dictionary.key("t", "empty"), at: 30) == 900)
        #expect(copy.times(of: dictionary.key("t", "text"), at: 30)?.touched == 6)
        #expect(TableImage.encode(copy, at: 30).count == image.count)
        // Later all have ended.
        let empty = try TestDictionary()
        #expect(try TableImage.restore(dictionary.view(image), to: empty.table(), at: .max) == 0)
    }

    @Test("cut anywhere, or with any byte changed, it is refused or read, and never crashes")
    func damage() throws {
        let (dictionary, table) = try Self.filled(counters: 5)
        let image = TableImage.encode(table, at: 20)
        var refused = 0
        for cut in stride(from: 0, to: image.count, by: 5) {
            let target = try TestDictionary()
            do {
                _ = try TableImage.restore(dictionary.view(Array(image[..<cut])), to: target.table(), at: 30)
            } catch {
                refused += 1
            }
        }
        #expect(refused > 100)
        for index in stride(from: 0, to: image.count, by: 2) {
            var damaged = image
            damaged[index] ^= 0xFF
            let target = try TestDictionary()
            _ = try? TableImage.restore(dictionary.view(damaged), to: target.table(), at: 30)
        }
        #expect(throws: TableError.self) { try TableImage.seed(of: .empty) }
    }
}

extension TestDictionary {
    func view(_ bytes: [UInt8]) -> ByteView {
        arena.fill(upTo: bytes.count) { output in for byte in bytes { output.append(byte) } }
    }
}
