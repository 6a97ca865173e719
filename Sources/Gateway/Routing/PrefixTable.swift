// Literal locations of a server, sorted so that the longest prefix of a path is found by one
// binary search and a walk up.

internal import Bytes

/// Prefixes, each with the next shorter one of the table that it starts with.
struct PrefixTable: Sendable {
    private struct Entry: Sendable {
        var path: Range<Int>
        var location: Int
        /// Index of the longest entry that is a proper prefix of this one.
        var parent: Int?
    }
    private var entries: [Entry]

    /// - Parameter paths: Each path's place in `bytes`, and its location; the first of equal ones counts.
    init(_ paths: [(path: Range<Int>, location: Int)], in bytes: ByteView) {
        let sorted = paths.enumerated().sorted { left, right in
            let order = Self.compare(bytes[left.element.path], bytes[right.element.path])
            return order != 0 ? order < 0 : left.offset < right.offset
        }
        entries = []
        for (_, (path, location)) in sorted {
            var parent = entries.indices.last
            while let index = parent, !bytes[path].hasPrefix(bytes[entries[index].path]) {
                parent = entries[index].parent
            }
            if let parent, entries[parent].path.count == path.count { continue }
            entries.append(Entry(path: path, location: location, parent: parent))
        }
    }

    /// The location of the longest entry that `path` starts with, and whether it is all of it.
    ///
    /// Logarithmic in the number of entries plus the depth of their nesting.
    func longestPrefix(of path: ByteView, in bytes: ByteView) -> (location: Int, isWhole: Bool)? {
        // The last entry that is not greater than the path: a prefix of the path is not greater,
        // and every entry between it and the path starts with it, so it is an ancestor.
        var candidate = firstGreater(than: path, in: bytes) - 1
        while candidate >= 0 {
            let entry = entries[candidate]
            if path.hasPrefix(bytes[entry.path]) { return (entry.location, entry.path.count == path.count) }
            candidate = entry.parent ?? -1
        }
        return nil
    }

    /// The location of the entry that is all of `path`.
    func whole(_ path: ByteView, in bytes: ByteView) -> Int? {
        let index = firstGreater(than: path, in: bytes) - 1
        guard index >= 0, bytes[entries[index].path] == path else { return nil }
        return entries[index].location
    }

    /// The location of the entry that is `path` and one slash more.
    func entryWithSlash(behind path: ByteView, in bytes: ByteView) -> Int? {
        // "path/" sorts behind "path" and before all that starts with it and a greater byte.
        var lower = firstGreater(than: path, in: bytes)
        var upper = entries.count
        while lower < upper {
            let middle = (lower + upper) / 2
            let entry = bytes[entries[middle].path]
            if entry.count == path.count + 1, entry[path.count] == 0x2F, entry.hasPrefix(path) {
                return entries[middle].location
            }
            if Self.isLessThanSlashed(entry, path) { lower = middle + 1 } else { upper = middle }
        }
        return nil
    }

    private func firstGreater(than path: ByteView, in bytes: ByteView) -> Int {
        var lower = 0
        var upper = entries.count
        while lower < upper {
            let middle = (lower + upper) / 2
            if Self.compare(bytes[entries[middle].path], path) <= 0 {
                lower = middle + 1
            } else {
                upper = middle
            }
        }
        return lower
    }

    /// Whether `entry` sorts before `path` + "/".
    private static func isLessThanSlashed(_ entry: ByteView, _ path: ByteView) -> Bool {
        guard entry.hasPrefix(path) else { return compare(entry, path) < 0 }
        return entry.count == path.count || entry[path.count] < 0x2F
    }

    /// Bytewise order: negative, 0 or positive.
    private static func compare(_ left: ByteView, _ right: ByteView) -> Int {
        let (left, right) = (left.span, right.span)
        let shared = min(left.count, right.count)
        for index in 0..<shared where left[index] != right[index] {
            return Int(left[index]) - Int(right[index])
        }
        return left.count - right.count
    }
}
