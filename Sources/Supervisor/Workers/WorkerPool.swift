// All worker slots: turns what their life cycles ask for into processes and messages, and what
// happens to those into events.

internal import Gateway
internal import Glibc
internal import Journal
internal import Pipeline
internal import Posix

final class WorkerPool {
    /// What the rest of the master has to know.
    enum Notice {
        case started(slot: Int, process: Int32)
        case startFailed(slot: Int, SystemError)
        case channelFailed(slot: Int, ChannelError)
        case killed(slot: Int, WorkerLifeCycle.KillReason)
        case ended(slot: Int, process: Int32, ChildProcess.Ending)
        case needsListeners(slot: Int)
        case prepared(slot: Int, UInt64)
        case refused(slot: Int, UInt64, reason: String)
        case activated(slot: Int, UInt64)
        case gone(slot: Int)
        case drained(slot: Int)
        case connections(slot: Int, query: UInt32, ConnectionPage)
        case stages(query: UInt32, [StageCounters])
        case closedConnection(slot: Int, query: UInt32, wasFound: Bool)
    }

    let slots: [WorkerSlot]
    let outfit: WorkerOutfit

    init(count: Int, outfit: WorkerOutfit, target: UInt64, now: Int64) {
        slots = (0..<count).map { WorkerSlot(index: $0, target: target, now: now) }
        self.outfit = outfit
    }

    var wakeAt: Int64? { slots.compactMap(\.lifeCycle.wakeAt).min() }
    var isEmpty: Bool { slots.allSatisfy { $0.lifeCycle.state == .retired } }

    /// Slots whose workers serve some generation and are not offered another.
    var servingSlots: [Int] {
        slots.filter { if case .serving = $0.lifeCycle.state { true } else { false } }.map(\.index)
    }

    /// Gives an event to every slot.
    func deliver(_ event: WorkerLifeCycle.Event, now: Int64) -> [Notice] {
        slots.flatMap { deliver(event, to: $0, now: now) }
    }

    func deliver(_ event: WorkerLifeCycle.Event, toSlot slot: Int, now: Int64) -> [Notice] {
        deliver(event, to: slots[slot], now: now)
    }

    /// Reads what a worker has said.
    func readChannel(ofSlot slot: Int, now: Int64) -> [Notice] {
        let slot = slots[slot]
        var notices: [Notice] = []
        do throws(ChannelError) {
            while let message = try slot.receive() {
                switch message {
                case .drained: notices.append(.drained(slot: slot.index))
                case .connections(let query, let page):
                    notices.append(.connections(slot: slot.index, query: query, page))
                case .stages(let query, let counters): notices.append(.stages(query: query, counters))
                case .closedConnection(let query, let wasFound):
                    notices.append(.closedConnection(slot: slot.index, query: query, wasFound: wasFound))
                case .ready, .prepared, .refused, .activated: break
                }
                notices += deliver(.said(message), to: slot, now: now)
            }
        } catch {
            slot.closeChannel()
            notices += failed(error, slot, now: now)
        }
        return notices
    }

    /// Takes the ends of all workers that have ended.
    func collectEnded(now: Int64) -> [Notice] {
        var notices: [Notice] = []
        for slot in slots {
            guard let process = slot.process, let ending = slot.collect() else { continue }
            if slot.channelNumber != nil {
                notices += readLastWords(of: slot, now: now)
                slot.closeChannel()
            }
            // The next worker of the slot, which may be started right below, writes under the same number.
            outfit.dictionaries.workerGone(slot: slot.index)
            notices.append(.ended(slot: slot.index, process: process.number, ending))
            notices += deliver(.exited, to: slot, now: now)
        }
        return notices
    }

    /// Sends to every worker that is there. One that does not take it is killed and replaced.
    func broadcast(_ message: MasterMessage, descriptors: [Int32] = [], now: Int64) -> [Notice] {
        slots.filter { $0.channelNumber != nil }.flatMap { send(message, descriptors, to: $0, now: now) }
    }

    func send(_ message: MasterMessage, descriptors: [Int32], toSlot slot: Int, now: Int64) -> [Notice] {
        send(message, descriptors, to: slots[slot], now: now)
    }
}

extension WorkerPool {
    private func deliver(_ event: WorkerLifeCycle.Event, to slot: WorkerSlot, now: Int64) -> [Notice] {
        slot.received(event, now: now).flatMap { perform($0, for: slot, now: now) }
    }

    private func perform(_ action: WorkerLifeCycle.Action, for slot: WorkerSlot, now: Int64) -> [Notice] {
        let index = slot.index
        switch action {
        case .spawn: return spawn(slot, now: now)
        case .sendStart: return sendStart(slot, now: now)
        case .sendPrepare(let generation):
            guard let store = outfit.stores[generation] else {
                preconditionFailure("a generation in force keeps its store")
            }
            return send(.prepare(generation: generation), [store.number], to: slot, now: now)
        case .sendActivate(let generation):
            return send(.activate(generation: generation), [], to: slot, now: now)
        case .sendQuit: return send(.quit, [], to: slot, now: now)
        case .sendTerminate: return send(.terminate, [], to: slot, now: now)
        case .matchListeners: return [.needsListeners(slot: index)]
        case .kill(let reason):
            slot.kill()
            return [.killed(slot: index, reason)]
        case .reportPrepared(let generation): return [.prepared(slot: index, generation)]
        case .reportRefused(let generation, let reason):
            return [.refused(slot: index, generation, reason: reason)]
        case .reportActivated(let generation): return [.activated(slot: index, generation)]
        case .reportGone: return [.gone(slot: index)]
        }
    }

    private func spawn(_ slot: WorkerSlot, now: Int64) -> [Notice] {
        do throws(SystemError) {
            try slot.spawn(outfit)
        } catch {
            return [.startFailed(slot: slot.index, error)] + deliver(.spawnFailed, to: slot, now: now)
        }
        let number = slot.process?.number ?? 0
        return [.started(slot: slot.index, process: number)] + deliver(.spawned, to: slot, now: now)
    }

    private func sendStart(_ slot: WorkerSlot, now: Int64) -> [Notice] {
        let start = MasterMessage.start(
            slot: slot.index, workerCount: slots.count, userID: outfit.account?.userID,
            groupID: outfit.account?.groupID)
        let descriptors = [
            outfit.statsNumber, outfit.errorLog.number, outfit.lines.ringNumber(ofSlot: slot.index),
            outfit.lines.bellNumber,
        ]
        let notices = send(start, descriptors, to: slot, now: now)
        guard notices.isEmpty else { return notices }
        let dictionaries = outfit.dictionaries
        let second = send(
            .dictionaries(dictionaries.names), dictionaries.descriptorNumbers, to: slot, now: now)
        guard second.isEmpty else { return second }
        for (name, settings) in dictionaries.redis {
            let notices = send(.redis(dictionary: name, settings), [], to: slot, now: now)
            guard notices.isEmpty else { return notices }
        }
        return send(.logLevel(UInt8(outfit.logLevel.rawValue)), [], to: slot, now: now)
    }

    private func send(_ message: MasterMessage, _ descriptors: [Int32], to slot: WorkerSlot, now: Int64)
        -> [Notice]
    {
        do throws(ChannelError) {
            try slot.send(message, descriptors: descriptors)
            return []
        } catch {
            return failed(error, slot, now: now)
        }
    }

    private func failed(_ error: ChannelError, _ slot: WorkerSlot, now: Int64) -> [Notice] {
        switch error {
        // The usual end of a worker: SIGCHLD tells how it ended.
        case .closed, .system(SystemError(call: "sendmsg", code: EPIPE)):
            deliver(.channelClosed, to: slot, now: now)
        case .system, .full, .malformed, .wrongDescriptorCount, .tooLong:
            [.channelFailed(slot: slot.index, error)] + deliver(.channelFailed, to: slot, now: now)
        }
    }

    /// Messages that a worker sent before it ended: a refusal explains the end.
    private func readLastWords(of slot: WorkerSlot, now: Int64) -> [Notice] {
        var notices: [Notice] = []
        while let message = try? slot.receive() {
            if message == .drained { notices.append(.drained(slot: slot.index)) }
            notices += deliver(.said(message), to: slot, now: now)
        }
        return notices
    }
}
