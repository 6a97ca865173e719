// Server names: a hash table per kind of name and listener.

internal import Bytes

/// Finds names without regard to the case of ASCII letters.
///
/// All ends (or starts) of a host are looked up in one pass, because the hash runs over the bytes
/// in the direction in which the host is cut: the work is linear in the host's length, and ends
/// with the longest name of the table.
struct NameTable: Sendable {
    /// From which end of the host a part is taken, and so hashed.
    enum Direction: Sendable { case forward, backward }

    private struct Entry: Sendable {
        var hash: UInt32
        var name: Range<Int>
        var server: Int
    }

    private let direction: Direction
    private var slots: [Entry?] = []
    private var longestBytes = 0
    private(set) var isEmpty = true

    /// - Parameter names: The name's place in `bytes` and its server; the first of equal names counts.
    init(_ names: [(name: Range<Int>, server: Int)], in bytes: ByteView, direction: Direction) {
        self.direction = direction
        guard !names.isEmpty else { return }
        isEmpty = false
        var capacity = 8
        while capacity < names.count * 2 { capacity *= 2 }
        slots = Array(repeating: nil, count: capacity)
        for (name, server) in names {
            let view = bytes[name]
            var hash = Self.seed
            for offset in view.indices { hash = Self.step(hash, byte(view, offset)) }
            longestBytes = max(longestBytes, name.count)
            var slot = Int(hash) & (capacity - 1)
            var isNew = true
            while let entry = slots[slot] {
                if entry.hash == hash, bytes[entry.name].equalsIgnoringASCIICase(view) {
                    isNew = false
                    break
                }
                slot = (slot + 1) & (capacity - 1)
            }
            if isNew { slots[slot] = Entry(hash: hash, name: name, server: server) }
        }
    }

    /// The server of the name that is all of `host`.
    func whole(_ host: ByteView, in bytes: ByteView) -> Int? {
        guard !isEmpty, host.count <= longestBytes else { return nil }
        var hash = Self.seed
        for offset in host.indices { hash = Self.step(hash, byte(host, offset)) }
        return find(host, hash, in: bytes)
    }

    /// The server of the longest name that ends in the dot where `host` is cut (`forward`), or
    /// starts with it (`backward`). The other part of the host is never empty.
    func longestPart(_ host: ByteView, in bytes: ByteView) -> Int? {
        guard !isEmpty, host.count > 1 else { return nil }
        var hash = Self.seed
        var found: Int?
        for offset in 0..<min(host.count - 1, longestBytes) {
            let byte = byte(host, offset)
            hash = Self.step(hash, byte)
            guard byte == 0x2E else { continue }
            let part =
                switch direction {
                case .forward: host[..<(offset + 1)]
                case .backward: host[(host.count - 1 - offset)...]
                }
            if let server = find(part, hash, in: bytes) { found = server }
        }
        return found
    }

    private func find(_ name: ByteView, _ hash: UInt32, in bytes: ByteView) -> Int? {
        var slot = Int(hash) & (slots.count - 1)
        while let entry = slots[slot] {
            if entry.hash == hash, bytes[entry.name].equalsIgnoringASCIICase(name) { return entry.server }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    private func byte(_ view: ByteView, _ offset: Int) -> UInt8 {
        switch direction {
        case .forward: view[offset]
        case .backward: view[view.count - 1 - offset]
        }
    }

    private static var seed: UInt32 { 2_166_136_261 }

    /// FNV-1a over lower-cased ASCII.
    private static func step(_ hash: UInt32, _ byte: UInt8) -> UInt32 {
        (hash ^ UInt32(ASCII.lowercased(byte))) &* 16_777_619
    }
}
