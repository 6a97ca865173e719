// What all workers share, as stages see it. Who owns it is the gateway's business.

package import Bytes

/// Counters and bans in shared dictionaries.
package protocol StageSharing: AnyObject {
    /// A limit of a rate; nil when its numbers are out of range or there is no such dictionary.
    func meter(_ setting: MeterSetting) -> (any StageMeter)?
    /// nil when there is no such dictionary.
    func bans(dictionary: String?) -> (any StageBans)?
}

package struct MeterSetting: Equatable, Sendable {
    /// Meters of one zone count together.
    package var zone: String
    package var rate: Int
    package var isPerMinute: Bool
    package var burst: Int
    /// Requests of the burst that pass at once; nil: all.
    package var delayAfter: Int?
    /// nil: the usual one.
    package var dictionary: String?

    package init(
        zone: String, rate: Int, isPerMinute: Bool, burst: Int, delayAfter: Int? = nil,
        dictionary: String? = nil
    ) {
        self.zone = zone
        self.rate = rate
        self.isPerMinute = isPerMinute
        self.burst = burst
        self.delayAfter = delayAfter
        self.dictionary = dictionary
    }
}

package enum MeterAnswer: Equatable, Sendable {
    case admitted
    /// Counted; to be held for so long.
    case delayed(milliseconds: Int)
    /// Not counted.
    case refused
}

package protocol StageMeter: AnyObject {
    func ask(_ key: ByteView) -> MeterAnswer
}

package protocol StageBans: AnyObject {
    func contains(_ key: ByteView) -> Bool
    func ban(_ key: ByteView, seconds: Int)
}
