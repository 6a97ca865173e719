// Bounds of what is kept for Redis and of waiting for it.

package enum RedisLimits {
    /// Keys whose counts wait to be told, of one worker and dictionary. Counts of further keys stay local,
    /// which is counted.
    package static let pendingKeys = 65_536
    /// Bytes of a key as it is told; a longer one is told by its digest.
    package static let keyBytes = 64
    /// Changes of bans that wait to be told. Further ones stay local, which is counted.
    package static let pendingBans = 4_096
    /// Bytes of a key whose ban is told; that of a longer one stays local, which is counted.
    package static let banKeyBytes = 512

    /// Keys of one command; an exchange has as many commands as it needs.
    package static let countsInCommand = 256
    /// Changes of bans in one exchange; the rest waits for the next.
    package static let bansInExchange = 256
    /// Changes of bans that are taken over in one exchange; the rest comes with the next, at once.
    package static let changesInExchange = 256
    /// Changes that Redis remembers.
    package static let rememberedChanges = 100_000
    /// Seconds that Redis remembers the end of a ban for those who are away.
    package static let endRememberedSeconds = 3_600

    /// Milliseconds between two exchanges while there is nothing to tell.
    package static let idleInterval: Int64 = 250
    /// Milliseconds for the connection, and for the answers to one exchange.
    package static let patience: Int64 = 2_000
    /// Milliseconds before the next attempt to connect; each failure in a row doubles them.
    package static let firstRetry: Int64 = 100
    package static let longestRetry: Int64 = 5_000

    /// How far beyond a full bucket several machines may overdraw it together before they know of each
    /// other: what is more is forgotten. It bounds for how long they refuse everything after one of them
    /// was cut off, too.
    package static let overdraftMicroseconds: Int64 = 2_000_000
    /// Nesting of an answer.
    static let replyDepth = 4
}
