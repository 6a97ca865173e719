internal import Bytes
internal import Testing

@Suite("Arena") struct ArenaTests {
    @Test func valuesStayWhereTheyAre() {
        let arena = Arena(chunkBytes: 64)
        let views = (0..<100).map { arena.copy("value \($0)") }
        for (index, view) in views.enumerated() { #expect(view.string == "value \(index)") }
        #expect(arena.allocatedBytes == views.reduce(0) { $0 + $1.count })
    }

    @Test func onlyWhatWasWrittenIsTaken() {
        let arena = Arena(chunkBytes: 64)
        let first = unsafe arena.write(upTo: 60) { room in
            unsafe room[0] = 1
            return 1
        }
        let second = arena.fill(upTo: 60) { $0.append(2) }
        #expect(first.array == [1] && second.array == [2] && arena.allocatedBytes == 2)
        #expect(unsafe arena.write(upTo: 0) { _ in 0 }.isEmpty)
        #expect(arena.copy(ByteView.empty).isEmpty)
    }

    @Test func largerThanAChunk() {
        let arena = Arena(chunkBytes: 16)
        let bytes = Array(repeating: UInt8(7), count: 1_000)
        let small = arena.copy(ByteView("abc"))
        let large = withView(bytes) { arena.copy($0) }
        let after = arena.copy(ByteView("def"))
        #expect(small.equals("abc") && large.array == bytes && after.equals("def"))
    }

    @Test func resetAndReuse() {
        let arena = Arena(chunkBytes: 32, keptBytes: 64)
        for round in 0..<10 {
            arena.reset()
            #expect(arena.allocatedBytes == 0)
            let views = (0..<20).map { arena.copy("round \(round) item \($0)") }
            for (index, view) in views.enumerated() { #expect(view.string == "round \(round) item \(index)") }
        }
    }

    @Test func misuseTraps() async {
        await #expect(processExitsWith: .failure) { _ = unsafe Arena().write(upTo: 1) { _ in 2 } }
        await #expect(processExitsWith: .failure) { _ = unsafe Arena().write(upTo: -1) { _ in 0 } }
    }
}
