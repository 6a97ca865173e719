// Which pairs of neighbouring bytes a value holds.

internal import Bytes

/// Buckets of `BytePair`: a list for short values, a row of bits for long ones.
struct PairPresence: ~Copyable {
    private var row = BitRow(wordCount: BytePair.wordCount)
    private var list = InlineArray<8, UInt16>(repeating: 0)
    private var listCount = 0
    private var isListed = true

    mutating func collect(_ value: ByteView) {
        isListed = value.count <= list.count + 1
        listCount = 0
        if isListed { collectList(value) } else { collectRow(value) }
    }

    private mutating func collectList(_ value: ByteView) {
        let span = value.span
        guard span.count > 1 else { return }
        var before = BytePair.folded(span[0])
        for index in 1..<span.count {
            let byte = BytePair.folded(span[index])
            list[index - 1] = UInt16(truncatingIfNeeded: BytePair.bucket(ofFolded: before, byte))
            before = byte
        }
        listCount = span.count - 1
    }

    private mutating func collectRow(_ value: ByteView) {
        row.removeAll()
        row.insertPairs(of: value)
    }

    /// Whether one of the pairs is in the set whose words lie at `offset`.
    func intersects(_ view: ByteView, at offset: Int) -> Bool {
        guard isListed else { return row.intersects(view, at: offset, words: BytePair.wordCount) }
        for index in 0..<listCount {
            let bucket = Int(list[index])
            if view[offset + bucket >> 3] >> UInt8(bucket & 7) & 1 == 1 { return true }
        }
        return false
    }
}
