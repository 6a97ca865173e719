// The trie of a phrase set while it is built.

internal import Bytes

/// States in breadth-first order; the root is state 0.
struct PhraseTrie {
    private var labels: [UInt8] = [0]
    private var firstChildren: [Int] = []
    private var parents: [Int] = [0]
    private var failures: [Int] = [0]
    /// Longest phrase that ends in each state.
    private var lengths: [Int] = [0]
    private let phraseCount: Int
    /// States in which a phrase ends that was not written in lower case, ascending, and its text.
    private var spellings: [(state: Int, text: [UInt8])] = []

    /// - Parameters:
    ///   - phrases: In lower case, sorted, distinct, none empty.
    ///   - spellings: As written, for those that were not written so.
    init(sorted phrases: [[UInt8]], spellings: [[UInt8]: [UInt8]] = [:]) {
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
                addChildren(of: state, phrases, spellings, depth: depth, owners: &owners)
            }
            level = level.upperBound..<labels.count
            depth += 1
            for state in level { link(state) }
        }
        firstChildren.append(labels.count)
    }

    private mutating func addChildren(
        of state: Int, _ phrases: [[UInt8]], _ written: [[UInt8]: [UInt8]], depth: Int,
        owners: inout [Range<Int>]
    ) {
        var rest = owners[state]
        while let first = rest.first {
            let label = phrases[first][depth]
            var end = first + 1
            while end < rest.upperBound, phrases[end][depth] == label { end += 1 }
            labels.append(label)
            parents.append(state)
            // The shortest comes first; it is this very text if it ends here.
            let ends = phrases[first].count == depth + 1
            lengths.append(ends ? depth + 1 : 0)
            if ends, let text = written[phrases[first]] { spellings.append((labels.count - 1, text)) }
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
        let textBytes = spellings.reduce(0) { $0 + $1.text.count }
        let byteCount = PhraseFormat.byteCount(
            stateCount: stateCount, spellingCount: spellings.count, textBytes: textBytes)
        bytes.reserveCapacity(byteCount)
        bytes.append(littleEndian: PhraseFormat.magic)
        bytes.append(littleEndian: PhraseFormat.version)
        bytes.append(littleEndian: UInt32(byteCount))
        bytes.append(littleEndian: UInt32(stateCount))
        bytes.append(littleEndian: UInt32(phraseCount))
        bytes.append(littleEndian: UInt32(spellings.count))
        bytes.append(littleEndian: UInt32(textBytes))
        while bytes.count < PhraseFormat.headerBytes { bytes.append(0) }
        appendRoot(to: &bytes)
        appendTriples(to: &bytes)
        for state in 0..<stateCount {
            bytes.append(littleEndian: UInt32(firstChildren[state]))
            bytes.append(littleEndian: UInt32(failures[state]))
        }
        bytes.append(littleEndian: UInt32(firstChildren[stateCount]))
        bytes.append(littleEndian: UInt32(0))
        for length in lengths { bytes.append(littleEndian: UInt32(length)) }
        bytes += labels
        while bytes.count % 4 != 0 { bytes.append(0) }
        appendSpellings(to: &bytes)
        return bytes
    }

    /// The three bytes with which a phrase begins; a shorter one begins with whatever may follow it.
    private func appendTriples(to bytes: inout [UInt8]) {
        var row = [UInt8](repeating: 0, count: ByteTriple.bucketCount / 8)
        forEachFirst(under: 0) { first, state in
            forEachFirst(under: state) { second, state in
                forEachFirst(under: state) { third, _ in
                    let bucket = ByteTriple.bucket(ofFolded: first, second, third)
                    row[bucket >> 3] |= 1 << UInt8(bucket & 7)
                }
            }
        }
        bytes += row
    }

    /// The bytes that may stand behind what leads to a state: those of its children, any behind a whole phrase
    /// (`nil`).
    private func forEachFirst(under state: Int?, _ body: (UInt32, Int?) -> Void) {
        if let state, firstChildren[state] < firstChildren[state + 1] {
            for child in firstChildren[state]..<firstChildren[state + 1] {
                body(BytePair.folded(labels[child]), child)
            }
        } else if state != 0 {
            for byte in UInt8.min...UInt8.max { body(BytePair.folded(byte), nil) }
        }
    }

    private func appendSpellings(to bytes: inout [UInt8]) {
        var offset = 0
        for (state, text) in spellings {
            bytes.append(littleEndian: UInt32(state))
            bytes.append(littleEndian: UInt32(offset))
            offset += text.count
        }
        for (_, text) in spellings { bytes += text }
        while bytes.count % 4 != 0 { bytes.append(0) }
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
