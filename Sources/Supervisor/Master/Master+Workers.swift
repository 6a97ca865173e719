// What happens to workers, told to everybody whom it concerns.

internal import Gateway
internal import Glibc
internal import Journal
internal import Pipeline
internal import Posix
internal import RuleStore

extension Master {
    func perform(_ notices: [WorkerPool.Notice]) {
        let now = MonotonicClock.milliseconds()
        for notice in notices { perform(notice, now) }
    }

    private func perform(_ notice: WorkerPool.Notice, _ now: Int64) {
        switch notice {
        case .started(let slot, let process):
            logs.write(.notice, "worker \(slot): started, process \(process)")
        case .startFailed(let slot, let error):
            logs.write(.alert, "worker \(slot): can not be started: \(error)")
        case .channelFailed(let slot, let error):
            logs.write(.alert, "worker \(slot): \(error)")
        case .killed(let slot, let reason):
            logs.write(.alert, "worker \(slot): \(Self.text(reason)), killed")
        case .ended(let slot, let process, let ending):
            ended(slot, process, ending)
        case .needsListeners(let slot):
            matchListeners(ofSlot: slot, now)
        case .prepared(let slot, let generation):
            perform(reload.received(.prepared(slot: slot, generation), now: now), now)
        case .refused(let slot, let generation, let reason):
            refused(slot, generation, reason, now)
        case .activated(let slot, let generation):
            perform(reload.received(.activated(slot: slot, generation), now: now), now)
            becomeReady()
        case .gone(let slot):
            perform(reload.received(.gone(slot: slot), now: now), now)
            goOnWithQueries(without: slot, now)
        case .drained(let slot):
            logs.write(.notice, "worker \(slot): drained")
        case .connections(let slot, let query, let page): received(page, ofSlot: slot, query, now)
        case .stages(let query, let counters): received(counters, query, now)
        case .closedConnection(_, let query, let wasFound): receivedEnd(wasFound, query, now)
        }
    }

    private func ended(_ slot: Int, _ process: Int32, _ ending: ChildProcess.Ending) {
        drainLines(MonotonicClock.milliseconds())
        stats.workerGone(slot: slot)
        listeners.workerGone(slot: slot)
        let isExpected =
            switch phase {
            case .draining, .stopping: true
            case .starting, .serving: false
            }
        logs.write(isExpected ? .notice : .alert, "worker \(slot): process \(process) \(ending)")
    }

    private func refused(_ slot: Int, _ refused: UInt64, _ reason: String, _ now: Int64) {
        logs.write(.error, "worker \(slot): generation \(refused) refused: \(reason)")
        perform(reload.received(.refused(slot: slot, refused, reason: reason), now: now), now)
        guard phase == .starting, refused == generation else { return }
        // No worker will ever open it; there is no older one to fall back on.
        logs.write(.emergency, "generation \(refused) can not be used: \(reason)")
        exitStatus = 1
        stop(now: now)
    }

    /// The service is up once every slot has a worker that serves.
    private func becomeReady() {
        guard phase == .starting, pool.servingSlots.count == pool.slots.count else { return }
        phase = .serving
        logs.write(.notice, "ready: \(pool.slots.count) workers serve generation \(generation)")
        notifier.send(.ready, .status("\(pool.slots.count) workers, generation \(generation)"))
        startNextReload(MonotonicClock.milliseconds())
    }

    /// Brings a worker's listeners to those in force.
    private func matchListeners(ofSlot slot: Int, _ now: Int64) {
        let changes = listeners.changes(forSlot: slot)
        for part in Self.parts(of: changes.added) {
            let numbers = part.compactMap { listeners.socket($0, slot: slot) }
            guard numbers.count == part.count else {
                preconditionFailure("every address in force has a socket for every slot")
            }
            let notices = pool.send(.listeners(part), descriptors: numbers, toSlot: slot, now: now)
            guard notices.isEmpty else { return perform(notices) }
            for address in part { listeners.gave(address, slot: slot) }
        }
        for part in Self.parts(of: changes.removed) {
            for address in part { listeners.retire(address, slot: slot) }
            let notices = pool.send(.retire(part), descriptors: [], toSlot: slot, now: now)
            guard notices.isEmpty else { return perform(notices) }
        }
    }

    /// As many addresses as one message takes.
    private static func parts(of addresses: [ListenAddress]) -> [[ListenAddress]] {
        stride(from: 0, to: addresses.count, by: ChannelLimits.addresses).map {
            Array(addresses[$0..<min($0 + ChannelLimits.addresses, addresses.count)])
        }
    }

    private static func text(_ reason: WorkerLifeCycle.KillReason) -> String {
        switch reason {
        case .silent: "did not open or activate its generation in time"
        case .channelFailed: "its channel failed"
        case .refused: "it has no generation to serve"
        case .lingering: "did not end in time"
        }
    }
}
