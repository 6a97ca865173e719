// Transformed values of the running evaluation, so that rules with a common beginning share them.

internal import Bytes

/// What a node of the tree of transformations made of a value, found by the value's address.
///
/// Fixed in size; a newer result takes the place of an older one. Valid for one evaluation:
/// `renew()` forgets all in constant time.
struct TransformationCache {
    private struct Entry {
        var address: UInt
        var count: Int
        var node: Int
        var stamp: UInt32
        var result: ByteView
    }

    private var entries: ContiguousArray<Entry>
    private var stamp: UInt32 = 1
    private static let slots = 2_048

    init() { entries = Self.emptyEntries() }

    private static func emptyEntries() -> ContiguousArray<Entry> {
        ContiguousArray(
            repeating: Entry(address: 0, count: 0, node: 0, stamp: 0, result: .empty), count: slots)
    }

    mutating func renew() {
        stamp &+= 1
        guard stamp == 0 else { return }
        entries = Self.emptyEntries()
        stamp = 1
    }

    func find(_ value: ByteView, node: Int) -> ByteView? {
        let entry = entries[Self.slot(value, node: node)]
        guard entry.stamp == stamp, entry.address == value.address, entry.count == value.count,
            entry.node == node
        else { return nil }
        return entry.result
    }

    mutating func store(_ result: ByteView, for value: ByteView, node: Int) {
        entries[Self.slot(value, node: node)] = Entry(
            address: value.address, count: value.count, node: node, stamp: stamp, result: result)
    }

    private static func slot(_ value: ByteView, node: Int) -> Int {
        let mixed =
            (UInt64(value.address) ^ UInt64(value.count) << 40 ^ UInt64(node) << 20)
            &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: mixed >> 53)
    }
}
