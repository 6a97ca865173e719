// Changes of bans that Redis does not know yet, the oldest first.

package import Bytes

/// Of one worker and dictionary. For one thread.
package final class BanLedger {
    private(set) var pending: [BanChange] = []
    /// How many of them, from the front, are being told.
    private(set) var toldCount = 0
    /// Changes that stay local, as too many wait or the key is too long.
    private(set) var dropped = 0
    private let limit: Int

    package init(limit: Int = RedisLimits.pendingBans) { self.limit = limit }

    package func note(key: ByteView, end: Int64) {
        guard pending.count < limit, key.count <= RedisLimits.banKeyBytes else {
            dropped += 1
            return
        }
        pending.append(BanChange(key: ByteText(key), end: end))
    }

    func beginTelling() -> ArraySlice<BanChange> {
        precondition(toldCount == 0, "what was told last is not settled")
        toldCount = min(pending.count, RedisLimits.bansInExchange)
        return pending[..<toldCount]
    }

    func settle() {
        pending.removeFirst(toldCount)
        toldCount = 0
    }

    /// Telling a ban twice does no harm.
    func takeBack() { toldCount = 0 }
}
