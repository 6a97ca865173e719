// What a worker does with a share, on a loop of the test's.

import Bytes
import Posix
import SharedDictionary
@testable import SharedState
import Testing

/// A gateway of one worker: a dictionary of its own, whose seed others do not know.
final class TestGateway {
    let file: TableFile
    let table: EntryTable
    let share: RedisShare
    let bans: BanList
    private(set) var notices: [RedisNotice] = []
    private let arena = Arena()

    init(port: UInt16, interval: Int = 50, password: String? = nil) throws {
        BrokenPipeSignal.ignore()
        file = try TableFile(bytes: 1 << 20, shape: .numbers, writerCount: 1, seed: .random())
        table = try EntryTable(descriptor: file.descriptor, writer: 0)
        var settings = RedisSettings(host: "127.0.0.1", port: port)
        settings.intervalMilliseconds = interval
        settings.password = password
        share = RedisShare(settings, dictionary: "rates", table: table)
        bans = BanList(in: table, telling: share.bans)
    }

    func meter(_ limit: FloodLimit, zone: String = "z") -> FloodMeter {
        FloodMeter(limit, zone: zone, in: table, telling: share.flood)
    }

    func view(_ text: String) -> ByteView { arena.copy(text) }
    static var wallNow: Int64 { Int64(clamping: WallClock.milliseconds) * 1_000 }

    func contains(_ key: String) -> Bool { bans.contains(key: view(key), now: Self.wallNow) }

    func turn() {
        let now = MonotonicClock.milliseconds()
        if let watch = share.watch {
            var set = PollSet()
            var wanted: PollSet.Readiness = []
            if watch.isReading { wanted.insert(.readable) }
            if watch.isWriting { wanted.insert(.writable) }
            let index = set.add(watch.descriptor, for: wanted)
            do { try set.wait(timeoutMilliseconds: 0) } catch { Issue.record("\(error)") }
            let ready = set.readiness(at: index)
            let isBroken = ready.contains(.closed)
            if !ready.isEmpty {
                share.proceed(
                    reading: ready.contains(.readable) || isBroken,
                    writing: ready.contains(.writable) || isBroken,
                    now: now, wallNow: Self.wallNow)
            }
        }
        share.tick(now: now, wallNow: Self.wallNow)
        notices += share.takeNotices()
    }
}

/// Runs a body every millisecond until it says stop, or the time is over.
///
/// - Returns: Whether it said so.
func loop(seconds: Double, _ body: () throws -> Bool) rethrows -> Bool {
    let end = MonotonicClock.milliseconds() + Int64(seconds * 1_000)
    while MonotonicClock.milliseconds() < end {
        if try body() { return true }
        var nothing = PollSet()
        do { try nothing.wait(timeoutMilliseconds: 1) } catch { Issue.record("\(error)") }
    }
    return false
}
