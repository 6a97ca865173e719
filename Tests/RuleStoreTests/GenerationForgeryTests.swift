import Bytes
import Glibc
import RuleStore
import Testing

/// Files with a right trailer whose contents are not what a generation has: a fault of the writer.
@Suite("Generation: a sound file with wrong contents is refused") struct GenerationForgeryTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var name: String
        /// Changes the entries of a right generation of 100, 200 and 300 bytes.
        var change: @Sendable (inout StoreFileBuilder) -> Void
        var want: StoreError
        var testDescription: String { name }
    }

    static let rows: [Row] = [
        Row(
            name: "no meta", change: { $0.entries.removeAll { $0.key == "meta" } },
            want: .missingBlob(key: "meta")),
        Row(
            name: "no policy", change: { $0.entries.removeAll { $0.key == "policy" } },
            want: .missingBlob(key: "policy")),
        Row(
            name: "no second rule set", change: { $0.entries.removeAll { $0.key == "rules/1" } },
            want: .missingBlob(key: "rules/1")),
        Row(name: "no key at all", change: { $0.entries = [] }, want: .missingBlob(key: "meta")),
        Row(
            name: "another blob of the length", change: { $0.entries[1].bytes[199] ^= 1 },
            want: .blobDamaged(key: "rules/0")),
        Row(
            name: "an unaligned blob, inside a page",
            change: {
                $0.entries[1].isAligned = false
                $0.entries[1].bytes += Fixture.bytes(100)
            },
            want: .blobUnaligned(key: "rules/0")),
        Row(
            name: "a value too short for its pad",
            change: {
                $0.entries[1].isAligned = false
                $0.entries[1].bytes = [1, 2, 3]
            },
            want: .wrongBlobLength(key: "rules/0", found: 0, recorded: 200)),
        Row(
            name: "a value shorter than recorded",
            change: {
                $0.entries[1].isAligned = false
                $0.entries[1].bytes.removeLast(60)
            },
            want: .wrongBlobLength(key: "rules/0", found: 92, recorded: 200)),
        Row(
            name: "meta of another generation", change: { $0.generation = 6 },
            want: .malformedMeta(reason: "it contradicts the trailer")),
        Row(
            name: "meta cut short", change: { $0.entries[3].bytes.removeLast() },
            want: .malformedMeta(reason: "cut short")),
        Row(
            name: "meta too long", change: { $0.entries[3].bytes.append(0) },
            want: .malformedMeta(reason: "1 bytes too many")),
        Row(
            name: "meta without blobs", change: { $0.entries[3].bytes[20] = 0 },
            want: .malformedMeta(reason: "0 blobs")),
        Row(
            name: "meta with too many blobs", change: { $0.entries[3].bytes[22] = 1 },
            want: .malformedMeta(reason: "65539 blobs")),
        Row(
            name: "meta with a machine of 65 bytes", change: { $0.entries[3].bytes[16] = 65 },
            want: .malformedMeta(reason: "machine name of 65 bytes")),
        Row(
            name: "meta with another key",
            change: { $0.entries[3].bytes[$0.entries[3].bytes.count - 1] = 0x39 },
            want: .malformedMeta(reason: "blob 2 is not rules/1")),
        Row(
            name: "format of the trailer", change: { $0.formatVersion = 2 },
            want: .formatVersion(found: 2, expected: 1)),
        Row(
            name: "engine of the trailer", change: { $0.engineVersion = 77 },
            want: .engineVersion(found: 77, expected: StoreFormat.engineVersion)),
    ]

    @Test(arguments: rows) func refusal(_ row: Row) throws {
        let directory = TemporaryDirectory()
        let path = directory.path + "/forged"
        var builder = try GenerationWriter.builder(for: Fixture.contents(100, [200, 300]), generation: 5)
        try builder.write(to: path)
        #expect(Fixture.refusal(ofFile: path) == nil)
        unsafe _ = unlink(path)
        row.change(&builder)
        try builder.write(to: path)
        #expect(Fixture.refusal(ofFile: path) == row.want)
    }

    /// Pages that LMDB counts but the file does not have: never touched.
    @Test(arguments: [2, 3, 4, 5])
    func pagesBehindTheEnd(keptPages: Int) throws {
        let directory = TemporaryDirectory()
        let path = directory.path + "/short"
        let builder = try GenerationWriter.builder(for: Fixture.contents(100, [200, 300]), generation: 5)
        try builder.write(to: path)
        let pagesBytes = Fixture.read(path).count - 64
        try builder.seal(path, pagesBytes: keptPages * 4_096)
        #expect(
            Fixture.refusal(ofFile: path)
                == .pagesBeyondEnd(pageBytes: pagesBytes, fileBytes: keptPages * 4_096))
    }

    @Test func noiseWithATrailer() throws {
        let directory = TemporaryDirectory()
        let path = directory.path + "/noise"
        var noise = Fixture.bytes(3 * 4_096)
        noise.replaceSubrange(16..<20, with: [0xDE, 0xC0, 0xEF, 0xBE])
        Fixture.write(noise, to: path)
        try StoreFileBuilder(generation: 5).seal(path, pagesBytes: noise.count)
        guard case .lmdb(call: "mdb_env_open", _) = Fixture.refusal(ofFile: path) else {
            Issue.record("noise was not refused by LMDB")
            return
        }
    }
}
