// The known word that somebody may have meant.

internal import Bytes

enum Spelling {
    /// - Returns: The first of the words with the fewest slips from `word`; nil when all are too far.
    static func closest(to word: String, in words: [String]) -> String? {
        let typed = word.utf8.map(ASCII.lowercased)
        // One slip in a short word, up to three in a long one: more would be guessing.
        var best = min(max(typed.count / 4, 1), 3) + 1
        var closest: String?
        for candidate in words where abs(candidate.utf8.count - typed.count) < best {
            let slips = distance(typed, candidate.utf8.map(ASCII.lowercased))
            if slips < best { (best, closest) = (slips, candidate) }
        }
        return closest
    }

    /// Optimal string alignment: letters left out, added, changed, or two neighbours swapped.
    static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var older = [Int](repeating: 0, count: b.count + 1)
        var previous = Array(0...b.count)
        for i in a.indices {
            var current = [i + 1]
            for j in b.indices {
                var slips = min(previous[j + 1] + 1, current[j] + 1)
                slips = min(slips, previous[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    slips = min(slips, older[j - 1] + 1)
                }
                current.append(slips)
            }
            (older, previous) = (previous, current)
        }
        return previous[b.count]
    }
}
