// What an answer that is owed is to.

enum RedisQuestion: Equatable {
    case greeting
    /// Counts of the sums from that place on.
    case counts(from: Int, count: Int)
    case ban
    case changes
}
