// Bounds of flood limits and bans.

package enum StateLimits {
    /// Requests of a limit's rate, within a second or a minute.
    package static let rate = 1...1_000_000
    /// Requests that a limit lets ahead of its rate.
    package static let burst = 0...1_000_000
    /// The most that one ask may cost, in requests.
    package static let cost = 1...1_000_000
    /// Bytes of a zone's name.
    package static let zoneBytes = 64
    /// Seconds of a ban: ten years.
    package static let banSeconds = 1...315_360_000
    /// Milliseconds that a count outlives the moment at which it has run dry. Clocks of several workers
    /// are read at different moments of their turns: nobody may take for ended what another still uses.
    package static let countSlackMilliseconds: Int64 = 60_000
}
