// What stages share over all workers: counters and bans in the shared dictionaries.

internal import Bytes
package import Pipeline
internal import Posix
package import SharedDictionary
internal import SharedState

/// Gives stages meters and bans. Lives as long as the worker.
package final class StageMeans: StageSharing {
    private let makeMeter: (FloodLimit, _ zone: String, _ dictionary: String?) -> FloodMeter?
    private let makeBans: (_ dictionary: String?) -> BanList?

    /// In the worker's dictionaries, which other machines may share.
    init(_ dictionaries: DictionarySet) {
        makeMeter = { dictionaries.meter($0, zone: $1, in: $2) }
        makeBans = { dictionaries.bans(in: $0) }
    }

    /// Everything in one dictionary.
    package init(_ table: EntryTable) {
        makeMeter = { limit, zone, _ in FloodMeter(limit, zone: zone, in: table) }
        makeBans = { _ in BanList(in: table) }
    }

    package func meter(_ setting: MeterSetting) -> (any StageMeter)? {
        let limit = FloodLimit(
            rate: setting.rate, per: setting.isPerMinute ? .minute : .second, burst: setting.burst,
            delayAfter: setting.delayAfter)
        guard let limit else { return nil }
        return makeMeter(limit, setting.zone, setting.dictionary).map { FloodCounter($0) }
    }

    package func bans(dictionary: String?) -> (any StageBans)? { makeBans(dictionary).map { BanView($0) } }
}

/// A meter on the wall clock.
private final class FloodCounter: StageMeter {
    private let meter: FloodMeter

    init(_ meter: FloodMeter) { self.meter = meter }

    func ask(_ key: ByteView) -> MeterAnswer {
        switch meter.ask(key: key, now: WallClock.microseconds) {
        case .admitted: .admitted
        case .delayed(let milliseconds): .delayed(milliseconds: Int(clamping: milliseconds))
        case .refused: .refused
        }
    }
}

private final class BanView: StageBans {
    private let bans: BanList

    init(_ bans: BanList) { self.bans = bans }

    func contains(_ key: ByteView) -> Bool { bans.contains(key: key, now: WallClock.microseconds) }

    func ban(_ key: ByteView, seconds: Int) {
        bans.ban(key: key, seconds: seconds, now: WallClock.microseconds)
    }
}
