// What a worker's share of a dictionary has done.

package struct RedisStatistics: Equatable, Sendable {
    package var exchanges = 0
    /// Connections lost, refused or given up.
    package var failures = 0
    /// Counts and bans that stay local, as too much waited to be told.
    package var dropped = 0

    package init() {}
}
