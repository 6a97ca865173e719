// The nearest known name to one that is not known.

enum EditDistance {
    /// The candidate nearest to `name` when it is near enough to be meant: at most a third of the
    /// name's letters (and at least one) differ. The first of equally near ones.
    static func nearest(to name: String, in candidates: some Sequence<String>) -> String? {
        let letters = Array(name.utf8.prefix(longestBytes + 1))
        guard letters.count <= longestBytes else { return nil }
        var best: (distance: Int, name: String)?
        for candidate in candidates {
            let distance = between(letters, Array(candidate.utf8))
            if distance < best?.distance ?? .max { best = (distance, candidate) }
        }
        guard let best, best.distance <= max(letters.count / 3, 1) else { return nil }
        return best.name
    }

    /// Levenshtein distance in bytes, a swap of two neighbours counting as one step (optimal
    /// string alignment). Quadratic.
    static func between(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforePrevious = [Int](repeating: 0, count: right.count + 1)
        var previous = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            current.reserveCapacity(right.count + 1)
            for column in right.indices {
                let isSame = left[row] == right[column]
                var cost = min(
                    previous[column] + (isSame ? 0 : 1), previous[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    cost = min(cost, beforePrevious[column - 1] + 1)
                }
                current.append(cost)
            }
            beforePrevious = previous
            previous = current
        }
        return previous[right.count]
    }

    /// Longer names are not looked at: nobody meant a directive by them.
    private static let longestBytes = 64
}
