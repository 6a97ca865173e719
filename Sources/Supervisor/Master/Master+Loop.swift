// The loop: wait, hand out what happened, look at the deadlines.

internal import Gateway
internal import Glibc
internal import Journal
internal import Posix

extension Master {
    /// Runs until the last worker has ended.
    ///
    /// - Returns: The process's exit status.
    func run() -> Int32 {
        var set = PollSet()
        perform(pool.deliver(.tick, now: MonotonicClock.milliseconds()))
        while !isFinished {
            set.removeAll()
            let signalIndex = set.add(signals.descriptorNumber, for: .readable)
            let bellIndex = set.add(bell.number, for: .readable)
            let linesIndex = set.add(lines.bellNumber, for: .readable)
            let channels = pool.slots.compactMap { slot in
                slot.channelNumber.map { (slot.index, set.add($0, for: .readable)) }
            }
            control.register(in: &set)
            do throws(SystemError) {
                try set.wait(timeoutMilliseconds: timeout(MonotonicClock.milliseconds()))
            } catch {
                // Nothing can be waited for any more: end, rather than turn in a circle.
                logs.write(.emergency, "\(error)")
                exitStatus = 1
                stop(now: MonotonicClock.milliseconds())
                return exitStatus
            }
            let now = MonotonicClock.milliseconds()
            for (slot, index) in channels where !set.readiness(at: index).isEmpty {
                perform(pool.readChannel(ofSlot: slot, now: now))
            }
            if !set.readiness(at: signalIndex).isEmpty { handleSignals(now) }
            if !set.readiness(at: bellIndex).isEmpty { takeLoad(now) }
            if !set.readiness(at: linesIndex).isEmpty { lines.bellRang(now) }
            handle(control.proceed(after: set, now: now), now)
            tick(now)
        }
        drainLines(MonotonicClock.milliseconds())
        for line in dictionaries.saveAtEnd() { logs.write(.error, line) }
        control.removeSocket()
        listeners.removePaths()
        return exitStatus
    }

    private var isFinished: Bool { pool.isEmpty }

    private func timeout(_ now: Int64) -> Int64? {
        var wakeAt = [
            pool.wakeAt, reload.wakeAt, control.wakeAt, dictionaries.wakeAt, lines.wakeAt,
            connectionQueries.map(\.deadline).min(),
        ]
        if case .draining(let deadline) = phase { wakeAt.append(deadline) }
        guard let first = wakeAt.compactMap(\.self).min() else { return nil }
        return max(0, first - now)
    }

    private func tick(_ now: Int64) {
        perform(pool.deliver(.tick, now: now))
        perform(reload.received(.tick, now: now), now)
        control.tick(now: now)
        for line in dictionaries.tick(now: now) { logs.write(.error, line) }
        lines.tick(now)
        if let complaint = lines.takeComplaint(now) { logs.write(.alert, complaint) }
        giveUpQueries(now)
        if case .draining(let deadline?) = phase, deadline <= now {
            logs.write(.notice, "worker_shutdown_timeout is over, connections left are closed")
            stop(now: now)
        }
    }

    /// Writes what workers have left in their rings.
    func drainLines(_ now: Int64) {
        lines.drain(now)
        if let complaint = lines.takeComplaint(now) { logs.write(.alert, complaint) }
    }

    private func handleSignals(_ now: Int64) {
        while let command = signals.next() {
            switch command {
            case .childEnded: perform(pool.collectEnded(now: now))
            case .reload:
                logs.write(.notice, "signal HUP: reloading")
                requestReload(WaitingReload(scope: .configuration, client: nil), now)
            case .reopenLogs: reopenLogs(now)
            case .quit: drain(now: now)
            case .terminate: stop(now: now)
            }
        }
    }
}
