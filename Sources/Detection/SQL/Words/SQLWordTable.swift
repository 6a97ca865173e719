// The vocabulary as it is searched: words by text, phrases by the identities of their parts.

internal import Bytes

/// An immutable dictionary of SQL words.
///
/// A phrase is a word followed by a word: UNION ALL is found by the identities of UNION and of ALL, whatever
/// white space or comment lies between them.
struct SQLWordTable: Sendable {
    struct Entry: Sendable {
        var type: SQLTokenType
        var traits: SQLTokenTraits
        /// The index of the entry; 0 belongs to no word.
        var identity: UInt16
        fileprivate var textStart: UInt32
        fileprivate var textBytes: UInt8
        fileprivate var hash: UInt32
    }

    /// The table of the vocabulary, built on first use.
    static let shared = SQLWordTable(groups: SQLWordGroup.all)

    /// The same behind one reference, for those that are copied.
    final class Handle: Sendable {
        static let shared = Handle(.shared)
        let table: SQLWordTable

        private init(_ table: SQLWordTable) { self.table = table }
    }

    private var entries: [Entry] = []
    private var text: [UInt8] = []
    /// Open addressing: indices of entries, 0 where a slot is free. Never more than half full.
    private var slots: [UInt16] = []
    /// The same for pairs: first and second identity above the identity of the phrase.
    private var pairs: [UInt64] = []
    private var longestWordBytes = 0

    init(groups: [SQLWordGroup]) {
        slots = [UInt16](repeating: 0, count: 4096)
        pairs = [UInt64](repeating: 0, count: 1024)
        entries = [Self.emptyEntry]
        for group in groups {
            for item in group.text.utf8.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }) {
                let parts = item.split(separator: ASCII.byte("+")).map { [UInt8]($0) }
                if parts.count == 1 {
                    define(intern(parts[0]), group)
                } else {
                    definePhrase(parts, group)
                }
            }
        }
        for index in entries.indices where entries[index].type == .unknown {
            entries[index].type = .bareword
        }
    }

    private static let emptyEntry = Entry(
        type: .unknown, traits: [], identity: 0, textStart: 0, textBytes: 0, hash: 0)

    // MARK: Finding

    /// The word that `range` of `input` spells in any case.
    ///
    /// - Parameter hash: Of the upper-cased bytes of the range.
    func find(_ input: ByteView, _ range: Range<Int>, _ hash: SQLWordHash) -> Entry? {
        guard range.count <= longestWordBytes else { return nil }
        var slot = Int(hash.value) & (slots.count - 1)
        while slots[slot] != 0 {
            let entry = entries[Int(slots[slot])]
            if entry.hash == hash.value, matches(entry, input, range) { return entry }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// The word that `text` spells in any case.
    func find(_ text: ByteView) -> Entry? {
        guard text.count <= longestWordBytes else { return nil }
        var hash = SQLWordHash()
        for index in text.indices { hash.append(ASCII.uppercased(text[index])) }
        return find(text, text.indices, hash)
    }

    private func matches(_ entry: Entry, _ input: ByteView, _ range: Range<Int>) -> Bool {
        guard Int(entry.textBytes) == range.count else { return false }
        let start = Int(entry.textStart)
        for offset in 0..<range.count
        where text[start + offset] != ASCII.uppercased(input[range.lowerBound + offset]) {
            return false
        }
        return true
    }

    /// The phrase that the words with these identities form.
    func phrase(_ first: UInt16, _ second: UInt16) -> Entry? {
        let key = UInt64(first) << 16 | UInt64(second)
        var slot = Self.pairSlot(key, pairs.count)
        while pairs[slot] != 0 {
            if pairs[slot] >> 16 == key { return entries[Int(pairs[slot] & 0xFFFF)] }
            slot = (slot + 1) & (pairs.count - 1)
        }
        return nil
    }

    private static func pairSlot(_ key: UInt64, _ count: Int) -> Int {
        Int((key &* 0x9E37_79B9_7F4A_7C15) >> 40) & (count - 1)
    }

    // MARK: Building

    private mutating func define(_ identity: UInt16, _ group: SQLWordGroup) {
        guard entries[Int(identity)].type == .unknown else { return }
        entries[Int(identity)].type = group.type
        entries[Int(identity)].traits = group.traits
    }

    private mutating func definePhrase(_ parts: [[UInt8]], _ group: SQLWordGroup) {
        var identity = intern(parts[0])
        for part in parts.dropFirst() { identity = internPair(identity, intern(part)) }
        define(identity, group)
    }

    private mutating func appendEntry(_ entry: Entry) -> UInt16 {
        precondition(entries.count * 2 < slots.count, "the word table is full; enlarge its slots")
        var entry = entry
        entry.identity = UInt16(entries.count)
        entries.append(entry)
        return entry.identity
    }

    /// The identity of a word, which is entered without a class where it is new.
    private mutating func intern(_ word: [UInt8]) -> UInt16 {
        var hash = SQLWordHash()
        for byte in word { hash.append(byte) }
        var slot = Int(hash.value) & (slots.count - 1)
        while slots[slot] != 0 {
            let entry = entries[Int(slots[slot])]
            let start = Int(entry.textStart)
            if entry.hash == hash.value, word[...] == text[start..<(start + Int(entry.textBytes))] {
                return entry.identity
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        var entry = Self.emptyEntry
        entry.textStart = UInt32(text.count)
        entry.textBytes = UInt8(word.count)
        entry.hash = hash.value
        text += word
        longestWordBytes = max(longestWordBytes, word.count)
        slots[slot] = appendEntry(entry)
        return slots[slot]
    }

    private mutating func internPair(_ first: UInt16, _ second: UInt16) -> UInt16 {
        if let known = phrase(first, second) { return known.identity }
        let key = UInt64(first) << 16 | UInt64(second)
        var slot = Self.pairSlot(key, pairs.count)
        while pairs[slot] != 0 { slot = (slot + 1) & (pairs.count - 1) }
        let identity = appendEntry(Self.emptyEntry)
        pairs[slot] = key << 16 | UInt64(identity)
        return identity
    }
}
