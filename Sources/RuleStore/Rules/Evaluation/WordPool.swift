// The 64-bit words of the evaluation plans; equal runs are kept once.

struct WordPool {
    private(set) var words: [UInt64] = []
    private var known: [[UInt64]: UInt32] = [:]

    /// - Returns: The place of the first word.
    mutating func place(_ run: [UInt64]) -> UInt32 {
        if let place = known[run] { return place }
        let place = UInt32(words.count)
        words += run
        known[run] = place
        return place
    }
}
