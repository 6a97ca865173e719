// What stages share over all workers: counters and bans in the shared dictionaries.

internal import Bytes
package import Pipeline
internal import Posix
package import SharedDictionary
internal import SharedState

/// Gives stages meters and bans. Lives as long as the worker.
package final class StageMeans: StageSharing {
    private let table: (String?) -> EntryTable?

    /// - Parameter table: The dictionary of a name; nil: where counters and bans usually lie.
    package init(_ table: @escaping (String?) -> EntryTable?) { self.table = table }

    package func meter(_ setting: MeterSetting) -> (any StageMeter)? {
        guard
            let limit = FloodLimit(
                rate: setting.rate, per: setting.isPerMinute ? .minute : .second, burst: setting.burst,
                delayAfter: setting.delayAfter),
            let table = table(setting.dictionary)
        else { return nil }
        return FloodCounter(FloodMeter(limit, zone: setting.zone, in: table))
    }

    package func bans(dictionary: String?) -> (any StageBans)? {
        table(dictionary).map { BanView(BanList(in: $0)) }
    }
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
