import Bytes
import Glibc
import Posix
import RuleStore
import Testing

@Suite("Generation: a damaged file is refused") struct GenerationDamageTests {
    /// A small published file, its directory kept for variants of it.
    struct Published {
        let directory = TemporaryDirectory()
        let bytes: [UInt8]
        var variant: String { directory.path + "/variant" }

        init() throws {
            let contents = Fixture.contents(500, [5_000, 64])
            bytes = Fixture.read(
                try GenerationWriter.write(contents, toDirectory: directory.path, generation: 9))
        }

        func refusal(_ bytes: [UInt8]) -> StoreError? {
            Fixture.write(bytes, to: variant)
            return Fixture.refusal(ofFile: variant)
        }
    }

    @Test func everyFlippedByteIsFound() throws {
        let published = try Published()
        #expect(published.refusal(published.bytes) == nil)
        var ran = 0
        let bytes = published.bytes
        let file = unsafe open(published.variant, O_RDWR | O_CLOEXEC)
        defer { close(file) }
        for place in bytes.indices {
            var flipped = bytes[place] ^ (1 << UInt8(place % 8))
            unsafe _ = pwrite(file, &flipped, 1, place)
            if Fixture.refusal(of: file) == nil { Issue.record("a flip at \(place) was not found") }
            var original = bytes[place]
            unsafe _ = pwrite(file, &original, 1, place)
            ran += 1
        }
        #expect(Fixture.refusal(of: file) == nil)
        #expect(ran == bytes.count && ran > 20_000)
    }

    @Test func everyCutIsFound() throws {
        let published = try Published()
        let bytes = published.bytes
        Fixture.write(bytes, to: published.variant)
        let file = unsafe open(published.variant, O_RDWR | O_CLOEXEC)
        defer { close(file) }
        for length in bytes.indices.reversed() {
            #expect(ftruncate(file, length) == 0)
            if Fixture.refusal(of: file) == nil { Issue.record("a cut to \(length) was not found") }
        }
    }

    @Test(arguments: [1, 8, 64, 4_096])
    func everyExtensionIsFound(extra: Int) throws {
        let published = try Published()
        #expect(published.refusal(published.bytes + [UInt8](repeating: 0, count: extra)) != nil)
        // The same trailer once more, behind the first.
        #expect(published.refusal(published.bytes + published.bytes.suffix(64)) != nil)
    }

    /// Page after page replaced by zeroes, by another page, by noise.
    @Test func everyReplacedPageIsFound() throws {
        let published = try Published()
        let bytes = published.bytes
        for page in 0..<(bytes.count / 4_096) {
            let range = page * 4_096..<(page + 1) * 4_096
            let other = ((page + 1) * 4_096) % (bytes.count / 4_096 * 4_096)
            let zeroes = [UInt8](repeating: 0, count: 4_096)
            for replacement in [zeroes, Array(bytes[other..<other + 4_096]), Fixture.bytes(4_096)] {
                guard replacement != Array(bytes[range]) else { continue }
                var changed = bytes
                changed.replaceSubrange(range, with: replacement)
                #expect(published.refusal(changed) != nil)
            }
        }
    }

    struct Row: CustomTestStringConvertible, Sendable {
        var name: String
        var bytes: @Sendable ([UInt8]) -> [UInt8]
        var want: @Sendable (Int) -> StoreError
        var testDescription: String { name }
    }

    static let rows: [Row] = [
        Row(name: "empty", bytes: { _ in [] }, want: { .notLMDB(fileBytes: $0) }),
        Row(name: "63 bytes", bytes: { Array($0.prefix(63)) }, want: { .notLMDB(fileBytes: $0) }),
        Row(
            name: "text", bytes: { _ in Array(String(repeating: "SecRule ", count: 99).utf8) },
            want: { .notLMDB(fileBytes: $0) }),
        Row(
            name: "cut in the middle", bytes: { Array($0.prefix($0.count / 2)) },
            want: { .trailerMissing(fileBytes: $0) }),
        Row(name: "without trailer", bytes: { $0.dropLast(64) }, want: { .trailerMissing(fileBytes: $0) }),
        Row(
            name: "older format", bytes: { setting($0, at: 8, to: 0) },
            want: { _ in .formatVersion(found: 0, expected: 1) }),
        Row(
            name: "newer format", bytes: { setting($0, at: 8, to: 2) },
            want: { _ in .formatVersion(found: 2, expected: 1) }),
        Row(
            name: "newer engine", bytes: { setting($0, at: 12, to: 9) },
            want: { _ in .engineVersion(found: 9, expected: StoreFormat.engineVersion) }),
        Row(name: "other generation", bytes: { setting($0, at: 16, to: 8) }, want: { _ in .fileDamaged }),
        Row(
            name: "other length", bytes: { setting($0, at: 24 + 7, to: 1) },
            want: { .wrongFileLength(found: $0, recorded: UInt64($0) | 1 << 56) }),
        Row(
            name: "other digest", bytes: { setting($0, at: 32, to: $0[$0.count - 32] ^ 1) },
            want: { _ in .fileDamaged }),
        Row(
            name: "longer by a page",
            bytes: { $0.dropLast(64) + [UInt8](repeating: 0, count: 4_096) + $0.suffix(64) },
            want: { .wrongFileLength(found: $0, recorded: UInt64($0 - 4_096)) }),
    ]

    /// Sets one byte of the trailer.
    static func setting(_ bytes: [UInt8], at place: Int, to value: UInt8) -> [UInt8] {
        var bytes = bytes
        bytes[bytes.count - 64 + place] = value
        return bytes
    }

    @Test(arguments: rows) func refusal(_ row: Row) throws {
        let published = try Published()
        let bytes = row.bytes(published.bytes)
        let error = try #require(published.refusal(bytes))
        #expect(error == row.want(bytes.count))
        #expect(!error.description.isEmpty && !error.description.contains("StoreError"))
    }

    @Test func aFileOverTheLimitIsRefusedUnread() throws {
        let directory = TemporaryDirectory()
        let path = directory.path + "/sparse"
        Fixture.write([], to: path)
        let limit = GenerationLimits.standard.maxFileBytes
        #expect(unsafe truncate(path, limit + 1) == 0)
        #expect(Fixture.refusal(ofFile: path) == .fileTooLong(bytes: limit + 1, limitBytes: limit))
        #expect(unsafe truncate(path, limit) == 0)
        #expect(Fixture.refusal(ofFile: path) == .notLMDB(fileBytes: limit))
    }

    @Test func aRefusalStays() throws {
        let published = try Published()
        var bytes = published.bytes
        bytes[4_096 * 3] ^= 1
        Fixture.write(bytes, to: published.variant)
        let file = Fixture.open(published.variant)
        var verifier = try SnapshotVerifier(descriptor: file.number)
        var refusals: [StoreError] = []
        for _ in 0..<100 {
            do throws(StoreError) { _ = try verifier.step(maxBytes: 4_096) } catch { refusals.append(error) }
        }
        #expect(refusals.count > 50 && refusals.allSatisfy { $0 == .fileDamaged })
    }

    /// A file that shrinks during the examination is a refusal; it is never mapped before.
    @Test func aFileThatShrinksMeanwhile() throws {
        let published = try Published()
        Fixture.write(published.bytes, to: published.variant)
        let file = Fixture.open(published.variant)
        var verifier = try SnapshotVerifier(descriptor: file.number)
        _ = try verifier.step(maxBytes: 4_096)
        #expect(unsafe truncate(published.variant, 6_000) == 0)
        let error = Fixture.error { () throws(StoreError) in
            while try !verifier.step(maxBytes: 1 << 20) {}
        }
        guard case .wrongFileLength(found: 6_000, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
