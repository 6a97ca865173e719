// Dictionaries for tests: one file, a handle for each writer.

import Bytes
import Foundation
import Posix
import SharedDictionary
import SharedState
import Testing

final class TestTable {
    let file: TableFile
    let arena = Arena()
    /// 2026-01-01, in microseconds.
    static let start: Int64 = 1_767_225_600_000_000

    init(bytes: Int = 4 << 20, shape: TableShape = .numbers, writers: Int = 8) throws {
        let seed = KeySeed(first: 0x0706_0504_0302_0100, second: 0x0F0E_0D0C_0B0A_0908)
        file = try TableFile(bytes: bytes, shape: shape, writerCount: writers, seed: seed)
    }

    func table(_ writer: Int = 0) throws -> EntryTable {
        try EntryTable(descriptor: file.descriptor, writer: writer)
    }

    func view(_ text: String) -> ByteView { arena.copy(text) }

    /// Runs a body on a thread for each writer, each with a map of its own as a process has, and gives what
    /// they return.
    func race(writers: Int, _ body: @escaping @Sendable (EntryTable, Int) -> Int) -> [Int] {
        let descriptor = file.descriptor
        let outcome = Outcomes(count: writers)
        let group = DispatchGroup()
        for writer in 0..<writers {
            let thread = Thread {
                do {
                    outcome.set(writer, body(try EntryTable(descriptor: descriptor, writer: writer), writer))
                } catch {
                    Issue.record("\(error)")
                }
                group.leave()
            }
            group.enter()
            thread.start()
        }
        #expect(group.wait(timeout: .now() + 120) == .success)
        return outcome.values
    }

    private final class Outcomes: @unchecked Sendable {
        private let lock = NSLock()
        private var all: [Int]
        init(count: Int) { all = Array(repeating: 0, count: count) }
        func set(_ index: Int, _ value: Int) { lock.withLock { all[index] = value } }
        var values: [Int] { lock.withLock { all } }
    }
}
