import Bytes
import Glibc
import Posix
import RuleStore
import Testing

@Suite("Generation: written, sealed, read in place") struct GenerationRoundTripTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var name: String
        var policyBytes: Int
        var ruleSetBytes: [Int]
        var testDescription: String { name }
    }

    static let page = SharedPages.pageBytes
    static let rows: [Row] = [
        Row(name: "nothing", policyBytes: 0, ruleSetBytes: []),
        Row(name: "a policy without rules", policyBytes: 100, ruleSetBytes: []),
        Row(name: "an empty rule set", policyBytes: 1, ruleSetBytes: [0]),
        Row(name: "below a page", policyBytes: 64, ruleSetBytes: [page - 1]),
        Row(name: "a page", policyBytes: 64, ruleSetBytes: [page, page]),
        Row(
            name: "past a page", policyBytes: page + 1,
            ruleSetBytes: [2 * page - 64, 2 * page - 63, 2 * page]),
        Row(name: "megabytes", policyBytes: 70_000, ruleSetBytes: [3 << 20, 1, 1 << 20]),
        Row(name: "many", policyBytes: 5_000, ruleSetBytes: (0..<300).map { $0 * 31 }),
    ]

    @Test(arguments: rows) func roundTrip(_ row: Row) throws {
        let directory = TemporaryDirectory()
        let store = directory.path + "/store"
        let contents = Fixture.contents(row.policyBytes, row.ruleSetBytes)
        let path = try GenerationWriter.write(contents, toDirectory: store, generation: 7)
        #expect(path == store + "/rules-7.mdb")
        #expect(Fixture.mode(store) == 0o700)
        #expect(Fixture.mode(path) == 0o444)
        defer { unsafe _ = unlink(path) }

        let sealed = try SealedGeneration.copy(ofFile: path)
        let file = Fixture.open(path)
        for snapshot in [
            try Snapshot(descriptor: sealed.number), try Snapshot(descriptor: file.number),
        ] {
            #expect(snapshot.generation == 7)
            #expect(snapshot.policy.array == contents.policy)
            #expect(snapshot.ruleSetCount == contents.ruleSets.count)
            for index in 0..<snapshot.ruleSetCount {
                let view = snapshot.ruleSet(index)
                #expect(view.array == contents.ruleSets[index])
                #expect(unsafe view.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) } % 64 == 0)
            }
            #expect(snapshot.meta.engineVersion == StoreFormat.engineVersion)
            #expect(!snapshot.meta.machine.isEmpty)
        }
    }

    /// Equal contents give equal bytes: nothing of the process's memory gets into the file.
    @Test func writingIsDeterministic() throws {
        let directory = TemporaryDirectory()
        let contents = Fixture.contents(100, [5_000, 10])
        let first = Fixture.read(
            try GenerationWriter.write(contents, toDirectory: directory.path, generation: 1))
        unsafe _ = unlink(directory.path + "/rules-1.mdb")
        let second = Fixture.read(
            try GenerationWriter.write(contents, toDirectory: directory.path, generation: 1))
        #expect(first == second)
    }

    @Test func aGenerationIsNeverWrittenTwice() throws {
        let directory = TemporaryDirectory()
        let contents = Fixture.contents(10, [])
        _ = try GenerationWriter.write(contents, toDirectory: directory.path, generation: 1)
        let error = Fixture.error { () throws(StoreError) in
            _ = try GenerationWriter.write(contents, toDirectory: directory.path, generation: 1)
        }
        #expect(error == .generationExists(1))
        #expect(directory.names() == ["rules-1.mdb"])
    }

    @Test func aSealedCopyCanNotBeChanged() throws {
        let directory = TemporaryDirectory()
        let path = try GenerationWriter.write(
            Fixture.contents(10, [20]), toDirectory: directory.path, generation: 1)
        let sealed = try SealedGeneration.copy(ofFile: path)
        #expect(try SealedMemory.seals(of: sealed.number) == .immutable)
        var byte: UInt8 = 0
        #expect(unsafe pwrite(sealed.number, &byte, 1, 0) == -1 && errno == EPERM)
        #expect(ftruncate(sealed.number, 10) == -1 && errno == EPERM)
        #expect(ftruncate(sealed.number, 1 << 30) == -1 && errno == EPERM)
        let mapped = unsafe mmap(nil, 4_096, PROT_READ | PROT_WRITE, MAP_SHARED, sealed.number, 0)
        #expect(unsafe mapped == MAP_FAILED)
        #expect(throws: SystemError.self) { try SealedMemory.seal(sealed.number, .furtherSeals) }
    }

    /// A snapshot needs neither the descriptor nor the file's name any more.
    @Test func aSnapshotOutlivesFileAndDescriptor() throws {
        let directory = TemporaryDirectory()
        let contents = Fixture.contents(10, [200_000])
        let path = try GenerationWriter.write(contents, toDirectory: directory.path, generation: 1)
        var snapshot: Snapshot?
        do {
            let file = Fixture.open(path)
            unsafe _ = unlink(path)
            snapshot = try Snapshot(descriptor: file.number)
        }
        let held = try #require(snapshot)
        snapshot = nil
        #expect(held.ruleSet(0).array == contents.ruleSets[0])
    }

    /// Slices of any size come to the same end, and each does a bounded piece of the work.
    @Test(arguments: [1, 63, 4_096, 100_000, Int.max])
    func verificationInSlices(maxBytes: Int) throws {
        let directory = TemporaryDirectory()
        let contents = Fixture.contents(300, [20_000])
        let path = try GenerationWriter.write(contents, toDirectory: directory.path, generation: 3)
        // The digest itself is not digested.
        let bytes = Fixture.read(path).count - 32 + 20_300
        var steps = 0
        let file = Fixture.open(path)
        var verifier = try SnapshotVerifier(descriptor: file.number)
        while try !verifier.step(maxBytes: maxBytes) { steps += 1 }
        #expect(try verifier.step(maxBytes: maxBytes))
        #expect(steps >= bytes / maxBytes)
        #expect(steps <= bytes / maxBytes + 8)
        let snapshot = Snapshot(verified: verifier)
        #expect(snapshot.ruleSet(0).array == contents.ruleSets[0])
    }

    @Test(.enabled(if: geteuid() == 0, "needs the rights to give them up"))
    func aProcessWithoutRightsOpensIt() async {
        await #expect(processExitsWith: .success) {
            let directory = TemporaryDirectory()
            let path = try GenerationWriter.write(
                Fixture.contents(10, [20_000]), toDirectory: directory.path, generation: 1)
            let sealed = try SealedGeneration.copy(ofFile: path)
            unsafe _ = unlink(path)
            unsafe _ = rmdir(directory.path)
            precondition(setgid(65_534) == 0 && setuid(65_534) == 0, "could not give up rights")
            let snapshot = try Snapshot(descriptor: sealed.number)
            precondition(snapshot.ruleSet(0).count == 20_000, "wrong contents")
        }
    }
}
