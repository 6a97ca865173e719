// What one JSON document may cost.

/// Limits of ``JSONParser``; each is checked before anything is kept.
package struct JSONLimits: Equatable, Sendable {
    /// Arrays and objects open at the same time.
    package var depth: Int
    /// Scalars delivered.
    package var values: Int
    /// One key, decoded.
    package var keyBytes: Int
    /// The name of one value, from the root down.
    package var pathBytes: Int
    /// The names of all values together: what a consumer that keeps them has to hold. Without it
    /// a long key around many elements makes names whose sum is the square of the document.
    package var namedBytes: Int

    package init(
        depth: Int = 512, values: Int = 100_000, keyBytes: Int = 8 << 10, pathBytes: Int = 16 << 10,
        namedBytes: Int = 16 << 20
    ) {
        precondition(
            depth >= 0 && values >= 0 && keyBytes >= 0 && pathBytes >= 0 && namedBytes >= 0,
            "a limit can not be negative")
        self.depth = depth
        self.values = values
        self.keyBytes = keyBytes
        self.pathBytes = pathBytes
        self.namedBytes = namedBytes
    }
}
