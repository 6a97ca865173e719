// What one process has answered.

package struct FloodStatistics: Equatable, Sendable {
    package var admitted = 0
    package var delayed = 0
    package var refused = 0
    /// Admitted without being counted, as the dictionary had no place for the key.
    package var uncounted = 0

    package init() {}
}
