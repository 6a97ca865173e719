// The connections to Redis on the worker's loop: one for each dictionary that is shared with other machines.

internal import Bytes
internal import Journal
internal import Metrics
internal import Posix
internal import SharedState
internal import Transport

final class RedisDesk {
    private struct Link {
        let name: String
        let share: RedisShare
        /// What the poller was told last.
        var watched: RedisShare.Watch?
        var wasUp = false
    }

    private var links: [Link] = []
    /// What has been added to the counters already.
    private var counted = RedisStatistics()

    func add(_ share: RedisShare, of name: String) { links.append(Link(name: name, share: share)) }

    /// Milliseconds of the monotonic clock at which ``tick(_:)`` has something to do.
    var wakeAt: Int? { links.map { max(0, Int(clamping: $0.share.wakeAt)) }.min() }

    func tick(_ services: WorkerServices) {
        for index in links.indices where links[index].share.wakeAt <= Int64(services.now) {
            links[index].share.tick(now: Int64(services.now), wallNow: Self.wallNow)
            follow(index, services)
        }
    }

    /// - Parameter handle: As ``follow(_:_:)`` has made it.
    func ready(_ handle: SlotHandle, _ event: Readiness, _ services: WorkerServices) {
        let index = Int(handle.index)
        guard links.indices.contains(index), let watched = links[index].watched,
            Self.generation(watched) == handle.generation
        else { return }
        // A broken connection is met by reading, one that could not be made by writing.
        links[index].share.proceed(
            reading: event.isReadable || event.isBroken, writing: event.isWritable || event.isBroken,
            now: Int64(services.now), wallNow: Self.wallNow)
        follow(index, services)
    }

    private static var wallNow: Int64 { Int64(clamping: WallClock.milliseconds) * 1_000 }

    private static func generation(_ watch: RedisShare.Watch) -> UInt32 {
        UInt32(watch.number % 0xFF_FFFF) + 1
    }

    /// Has the poller watch for what the share waits for, and tells the operator what has changed.
    private func follow(_ index: Int, _ services: WorkerServices) {
        let watch = links[index].share.watch
        if watch != links[index].watched {
            do {
                try tell(services.poller, from: links[index].watched, to: watch, UInt32(index))
            } catch {
                // The share gives up on its own when no answer comes.
                services.log.process(.error, "watching the connection to redis: \(error)")
            }
            links[index].watched = watch
        }
        for notice in links[index].share.takeNotices() { report(notice, index, services) }
        count(in: services.stats)
    }

    private func tell(
        _ poller: Poller, from old: RedisShare.Watch?, to new: RedisShare.Watch?, _ index: UInt32
    ) throws(SystemError) {
        // A connection that was closed has left the poller with its descriptor.
        guard let new else { return }
        let token = ConnectionKind.redis.token(SlotHandle(index: index, generation: Self.generation(new)))
        var interest: Interest = []
        if new.isReading { interest.insert(.read) }
        if new.isWriting { interest.insert(.write) }
        if old?.number == new.number {
            try poller.modify(new.descriptor, token, interest)
        } else {
            try poller.add(new.descriptor, token, interest)
        }
    }

    private func report(_ notice: RedisNotice, _ index: Int, _ services: WorkerServices) {
        let name = links[index].name
        switch notice {
        case .connected:
            links[index].wasUp = true
            services.log.process(.notice, "shared_dict \(name): connected to redis")
        case .failed(let reason):
            // Once for each loss, not for each attempt.
            let level = links[index].wasUp ? LogLevel.error : .info
            links[index].wasUp = false
            services.log.process(
                level, "shared_dict \(name): redis is away, counting goes on here: \(reason)")
        }
    }

    private func count(in stats: borrowing StatsRow) {
        var sum = RedisStatistics()
        for link in links {
            sum.exchanges += link.share.statistics.exchanges
            sum.failures += link.share.statistics.failures
            sum.dropped += link.share.statistics.dropped
        }
        stats.set(.redisConnections, UInt64(links.count { $0.share.isUp }))
        guard sum != counted else { return }
        stats.add(.redisExchanges, sum.exchanges - counted.exchanges)
        stats.add(.redisFailures, sum.failures - counted.failures)
        stats.add(.redisDropped, sum.dropped - counted.dropped)
        counted = sum
    }
}
