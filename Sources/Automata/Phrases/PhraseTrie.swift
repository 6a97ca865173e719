// The trie of a phrase set while it is built.

/// States in breadth-first order; the root is state 0.
struct PhraseTrie {
    private var labels: [UInt8] = [0]
    private var firstChildren: [Int] = []
    private var parents: [Int] = [0]
    private var failures: [Int] = [0]
    /// Longest phrase that ends in each state.
    private var lengths: [Int] = [0]
    private let phraseCount: Int

    /// - Parameter phrases: In lower case, sorted, distinct, none empty.
    init(sorted phrases: [[UInt8]]) {
        phraseCount = phrases.count
        // The phrases that have a state's text as prefix are neighbours.
        var owners = [0..<phrases.count]
        var level = 0..<1
        var depth = 0
        while !level.isEmpty {
            for state in level {
                firstChildren.append(labels.count)
                // A search ends with the first match, so nothing behind one is ever reached.
                guard lengths[state] == 0 else { continue }
                addChildren(of: state, phrases, depth: depth, owners: &owners)
            }
            level = level.upperBound..<labels.count
            depth += 1
            for state in level { link(state) }
        }
        firstChildren.append(labels.count)
    }

    private mutating func addChildren(
        of state: Int, _ phrases: [[UInt8]], depth: Int, owners: inout [Range<Int>]
    ) {
        var rest = owners[state]
        while let first = rest.first {
            let label = phrases[first][depth]
            var end = first + 1
            while end < rest.upperBound, phrases[end][depth] == label { end += 1 }
            labels.append(label)
            parents.append(state)
            // The shortest comes first; it is this very text if it ends here.
            lengths.append(phrases[first].count == depth + 1 ? depth + 1 : 0)
            failures.append(0)
            owners.append(first..<end)
            rest = end..<rest.upperBound
        }
    }

    /// Finds the longest proper suffix of a state's text that is a state too, and what ends there.
    private mutating func link(_ state: Int) {
        let parent = parents[state]
        guard parent != 0 else { return }
        var suffix = failures[parent]
        while true {
            if let next = child(of: suffix, labels[state]) {
                failures[state] = next
                break
            }
            guard suffix != 0 else { break }
            suffix = failures[suffix]
        }
        if lengths[state] == 0 { lengths[state] = lengths[failures[state]] }
    }

    private func child(of state: Int, _ label: UInt8) -> Int? {
        let end = state + 1 < firstChildren.count ? firstChildren[state + 1] : labels.count
        return (firstChildren[state]..<end).first { labels[$0] == label }
    }

    func write() -> [UInt8] {
        let stateCount = labels.count
        var bytes: [UInt8] = []
        bytes.reserveCapacity(PhraseFormat.byteCount(stateCount: stateCount))
        bytes.append(littleEndian: PhraseFormat.magic)
        bytes.append(littleEndian: PhraseFormat.version)
        bytes.append(littleEndian: UInt32(PhraseFormat.byteCount(stateCount: stateCount)))
        bytes.append(littleEndian: UInt32(stateCount))
        bytes.append(littleEndian: UInt32(phraseCount))
        while bytes.count < PhraseFormat.headerBytes { bytes.append(0) }
        appendRoot(to: &bytes)
        for state in 0..<stateCount {
            bytes.append(littleEndian: UInt32(firstChildren[state]))
            bytes.append(littleEndian: UInt32(failures[state]))
        }
        bytes.append(littleEndian: UInt32(firstChildren[stateCount]))
        bytes.append(littleEndian: UInt32(0))
        for length in lengths { bytes.append(littleEndian: UInt32(length)) }
        bytes += labels
        while bytes.count % 4 != 0 { bytes.append(0) }
        return bytes
    }

    /// The root's row, both cases of a letter filled in.
    private func appendRoot(to bytes: inout [UInt8]) {
        var row = [UInt32](repeating: 0, count: 256)
        for state in firstChildren[0]..<firstChildren[1] {
            let label = labels[state]
            row[Int(label)] = UInt32(state)
            if 0x61...0x7A ~= label { row[Int(label & 0xDF)] = UInt32(state) }
        }
        for state in row { bytes.append(littleEndian: state) }
    }
}
