// One line for each name: RFC 9110 section 5.3.

internal import Bytes

extension HeaderFields {
    /// Makes one field of all that have the same name: at the first one's place, the values in their
    /// order, with `, ` between them (`; ` in Cookie, RFC 9113 section 8.2.3).
    ///
    /// Done where rules judge, and before they do: what is judged is what goes on. As two lines, one
    /// reader takes the first, another the last, and a third both; a rule would have to match each
    /// line by itself and could still not know which of them counts. Rules are written for this view,
    /// too: `keep-alive, close` is how they look for a Connection that contradicts itself.
    ///
    /// Linear in the head's bytes, unless different names share a hash: quadratic in the number of
    /// fields then, which is limited.
    package mutating func combineRepeated() {
        guard mayRepeat else { return }
        let hashes = indices.map { name($0).caseInsensitiveHash }
        var isAdded = [Bool](repeating: false, count: count)
        for first in indices where !isAdded[first] {
            var end: Int?
            var start = 0
            for later in (first + 1)..<count
            where hashes[later] == hashes[first] && name(later).equalsIgnoringASCIICase(name(first)) {
                isAdded[later] = true
                if end == nil {
                    start = storedBytes.count
                    _ = adoptCopy(of: entries[first].valueRange)
                }
                adopt(known(first) == .cookie ? ByteView("; ") : ByteView(", "))
                end = adoptCopy(of: entries[later].valueRange)
            }
            if let end { setValue(start..<end, at: first) }
        }
        if isAdded.contains(true) { remove(where: isAdded) }
    }

    /// False when no two names are equal; cheap, as nearly every head is so.
    private var mayRepeat: Bool {
        if !repeated.isEmpty { return true }
        var seen = InlineArray<4, UInt64>(repeating: 0)
        for index in indices where known(index) == nil {
            let hash = name(index).caseInsensitiveHash
            let bit = UInt64(1) << UInt64(hash & 63)
            let word = Int(hash >> 6 & 3)
            if seen[word] & bit != 0 { return true }
            seen[word] |= bit
        }
        return false
    }
}
