import Bytes
import Glibc
import Posix
import RuleStore
import Testing

@Suite("Generation: the directory and the limits") struct GenerationDirectoryTests {
    @Test func listsNumbersAndRemoves() throws {
        let root = TemporaryDirectory()
        let directory = try GenerationDirectory(path: root.path)
        #expect(try directory.generations() == [])
        #expect(try directory.nextNumber() == 1)
        for number: UInt64 in [1, 2, 10, 9] {
            _ = try GenerationWriter.write(
                Fixture.contents(10, []), toDirectory: root.path, generation: number)
        }
        let strangers = [
            "rules-.mdb", "rules-01.mdb", "rules-1.mdb.bak", "rules--1.mdb", "rules-+3.mdb",
            "rules-18446744073709551616.mdb", "wafd.pid", "x.tmp", "rules-x.mdb.tmp",
        ]
        for name in strangers { Fixture.write([], to: root.path + "/" + name) }
        Fixture.write([], to: root.path + "/rules-11.mdb.tmp")
        #expect(try directory.generations() == [1, 2, 9, 10])
        #expect(try directory.nextNumber() == 11)
        try directory.removeAll(except: [9, 10, 50])
        #expect(try directory.generations() == [9, 10])
        #expect(root.names() == (strangers + ["rules-9.mdb", "rules-10.mdb"]).sorted())
        let file = try directory.open(10)
        #expect(try Snapshot(descriptor: file.number).generation == 10)
        try directory.remove(10)
        try directory.remove(10)
        #expect(try directory.generations() == [9])
        let last = "/rules-\(UInt64.max).mdb"
        Fixture.write([], to: root.path + last)
        #expect(
            Fixture.error { () throws(StoreError) in _ = try directory.nextNumber() }
                == .generationNumbersExhausted)
    }

    /// A writer killed half-way leaves a file that the next attempt replaces.
    @Test func aLeftoverIsReplaced() throws {
        let root = TemporaryDirectory()
        Fixture.write(Fixture.bytes(100_000), to: root.path + "/rules-1.mdb.tmp")
        let path = try GenerationWriter.write(
            Fixture.contents(10, [30]), toDirectory: root.path, generation: 1)
        #expect(Fixture.refusal(ofFile: path) == nil)
        #expect(root.names() == ["rules-1.mdb"])
    }

    @Test(arguments: [
        (UInt32(0o700), true), (0o755, true), (0o750, true), (0o770, false), (0o702, false), (0o1777, false),
    ])
    func onlyAPrivateDirectoryIsUsed(mode: UInt32, isUsed: Bool) throws {
        let root = TemporaryDirectory()
        #expect(unsafe chmod(root.path, mode) == 0)
        let error = Fixture.error { () throws(StoreError) in _ = try GenerationDirectory(path: root.path) }
        if isUsed {
            #expect(error == nil)
        } else {
            guard case .directoryNotPrivate = error else {
                Issue.record("mode \(mode) was used")
                return
            }
        }
    }

    @Test func whatIsNoDirectoryIsRefused() throws {
        let root = TemporaryDirectory()
        let path = root.path + "/file"
        Fixture.write([], to: path)
        #expect(
            Fixture.error { () throws(StoreError) in _ = try GenerationDirectory(path: path) }
                == .notADirectory(path: path))
        let deep = root.path + "/absent/store"
        #expect(
            Fixture.error { () throws(StoreError) in _ = try GenerationDirectory(path: deep) }
                == .system(SystemError(call: "mkdir", code: ENOENT), path: deep))
    }

    @Test func limitsOfAGeneration() throws {
        let root = TemporaryDirectory()
        var limits = GenerationLimits()
        limits.maxRuleSets = 3
        limits.maxBlobBytes = 5_000
        func write(_ policy: Int, _ ruleSets: [Int], _ generation: UInt64) -> StoreError? {
            Fixture.error { () throws(StoreError) in
                _ = try GenerationWriter.write(
                    Fixture.contents(policy, ruleSets), toDirectory: root.path, generation: generation,
                    limits: limits)
            }
        }
        #expect(write(5_000, [1, 5_000, 3], 1) == nil)
        #expect(write(10, [1, 2, 3, 4], 2) == .tooManyRuleSets(count: 4, limit: 3))
        #expect(write(5_001, [], 2) == .blobTooLong(key: "policy", bytes: 5_001, limitBytes: 5_000))
        #expect(write(10, [1, 5_001], 2) == .blobTooLong(key: "rules/1", bytes: 5_001, limitBytes: 5_000))
        limits.maxFileBytes = 100_000
        guard case .fileTooLong(_, limitBytes: 100_000) = write(10, [], 2) else {
            Issue.record("a file over the limit was written")
            return
        }
        #expect(root.names() == ["rules-1.mdb"])
    }

    /// As many rule sets as a generation may have, and one more.
    @Test func mostRuleSets() throws {
        let root = TemporaryDirectory()
        let most = GenerationLimits.standard.maxRuleSets
        let contents = Fixture.contents(10, (0..<most).map { $0 % 7 })
        let path = try GenerationWriter.write(contents, toDirectory: root.path, generation: 1)
        let file = Fixture.open(path)
        let snapshot = try Snapshot(descriptor: file.number)
        #expect(snapshot.ruleSetCount == most)
        #expect(snapshot.ruleSet(most - 1).array == contents.ruleSets[most - 1])
        let error = Fixture.error { () throws(StoreError) in
            _ = try GenerationWriter.write(
                Fixture.contents(10, (0...most).map { _ in 1 }), toDirectory: root.path, generation: 2)
        }
        #expect(error == .tooManyRuleSets(count: most + 1, limit: most))
    }

    @Test(arguments: [
        (
            StoreError.directoryNotPrivate(path: "/s", mode: 0o40775),
            "/s: group or others may write to the rule store (mode 775); chmod it to 700"
        ),
        (
            .formatVersion(found: 2, expected: 1),
            "the file has format 2, newer than format 1 of this program"
        ),
        (
            .engineVersion(found: 0, expected: StoreFormat.engineVersion),
            "the rules are for engine 0, older than engine \(StoreFormat.engineVersion) of this program"
        ),
        (.fileDamaged, "the file is damaged: its SHA-256 does not fit"),
        (
            .system(SystemError(call: "open", code: ENOENT), path: "/s/rules-1.mdb"),
            "/s/rules-1.mdb: open: No such file or directory"
        ),
        (.lmdb(call: "mdb_put", code: ENOSPC), "mdb_put: No space left on device"),
    ])
    func whatTheOperatorReads(error: StoreError, text: String) { #expect("\(error)" == text) }

    @Test func digestOfKnownText() throws {
        // FIPS 180-4's example, "abc".
        let hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        let digits = Array(hex.utf8)
        let want = (0..<32).map {
            UInt8(String(decoding: digits[$0 * 2..<$0 * 2 + 2], as: UTF8.self), radix: 16)!
        }
        #expect(try SHA256.digest(ByteView("abc")).bytes == want)
        var pieces = try SHA256()
        for _ in 0..<2 {
            for letter in ["a", "b", "c"] as [StaticString] { try pieces.update(ByteView(letter)) }
            #expect(try pieces.finish().bytes == want)
        }
    }
}
