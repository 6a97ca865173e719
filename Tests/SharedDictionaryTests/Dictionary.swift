// Dictionaries for tests: one file, any number of handles.

import Bytes
import Posix
import SharedDictionary

/// A file and handles for it, as the master and its workers have them.
final class TestDictionary {
    let file: TableFile
    let arena = Arena()
    static let seed = KeySeed(first: 0x0706_0504_0302_0100, second: 0x0F0E_0D0C_0B0A_0908)

    init(
        bytes: Int = TableLimits.fileBytes.lowerBound, shape: TableShape = .texts, writers: Int = 8,
        seed: KeySeed = TestDictionary.seed
    ) throws {
        file = try TableFile(bytes: bytes, shape: shape, writerCount: writers, seed: seed)
    }

    func table(_ writer: Int = 0) throws -> EntryTable {
        try EntryTable(descriptor: file.descriptor, writer: writer)
    }

    func view(_ text: String) -> ByteView { arena.copy(text) }

    func key(_ group: String, _ name: String) -> EntryKey {
        EntryKey(group: Self.seed.digest(view(group)), name: Self.seed.name(view(name)))
    }

    func draft(_ name: String, expiry: Int64 = 1_000_000) -> EntryDraft {
        EntryDraft(name: view(name), expiry: expiry, lifetime: 1_000)
    }

    /// The value as text: `7`, `"seven"`, or `-`.
    func value(_ table: EntryTable, _ group: String, _ name: String, at moment: Int64 = 1) -> String {
        switch table.value(of: key(group, name), at: moment, into: arena) {
        case .number(let number)?: "\(number)"
        case .text(let text)?: "\"\(text.string)\""
        case nil: "-"
        }
    }
}
