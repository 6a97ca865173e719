// Every state of a slot, and what each event makes of it.

import Gateway
import Supervisor
import Testing

@Suite("Life cycle of a worker slot") struct WorkerLifeCycleTests {
    typealias Event = WorkerLifeCycle.Event
    typealias Action = WorkerLifeCycle.Action
    typealias State = WorkerLifeCycle.State

    /// Ways into each state, from a new slot whose target is generation 1, at time 0.
    enum Start: String, CaseIterable {
        case vacant, spawning, preparing, activating, serving, offered, holding, draining, ending, retired

        var events: [Event] {
            switch self {
            case .vacant: []
            case .spawning: [.tick]
            case .preparing: Start.spawning.events + [.spawned]
            case .activating: Start.preparing.events + [.said(.prepared(generation: 1))]
            case .serving: Start.activating.events + [.said(.activated(generation: 1))]
            case .offered: Start.serving.events + [.offer(2)]
            case .holding: Start.offered.events + [.said(.prepared(generation: 2))]
            case .draining: Start.serving.events + [.quit]
            case .ending: Start.serving.events + [.terminate]
            case .retired: Start.ending.events + [.exited]
            }
        }

        func slot() -> WorkerLifeCycle {
            var slot = WorkerLifeCycle(target: 1, now: 0)
            for event in events { _ = slot.received(event, now: 0) }
            return slot
        }
    }

    struct Row: CustomTestStringConvertible, Sendable {
        var start: Start
        var event: Event
        var now: Int64 = 1
        var state: State
        var actions: [Action] = []
        var testDescription: String { "\(start.rawValue), \(event)" }
    }

    static let gone: Int64 = SupervisorLimits.startTimeout + 1

    static let rows: [Row] = [
        // vacant
        Row(start: .vacant, event: .tick, state: .spawning, actions: [.spawn]),
        Row(start: .vacant, event: .commit(2), state: .vacant(restartAt: 0)),
        Row(start: .vacant, event: .offer(2), state: .vacant(restartAt: 0)),
        Row(start: .vacant, event: .quit, state: .retired, actions: [.reportGone]),
        Row(start: .vacant, event: .terminate, state: .retired, actions: [.reportGone]),
        // spawning
        Row(start: .spawning, event: .tick, state: .spawning),
        Row(start: .spawning, event: .spawned, state: .preparing(1), actions: [.sendStart, .sendPrepare(1)]),
        Row(start: .spawning, event: .spawnFailed, now: 7, state: .vacant(restartAt: 57)),
        Row(start: .spawning, event: .quit, state: .retired, actions: [.reportGone]),
        // preparing
        Row(start: .preparing, event: .said(.ready), state: .preparing(1)),
        Row(
            start: .preparing, event: .said(.prepared(generation: 1)), state: .activating(1),
            actions: [.sendActivate(1)]),
        Row(start: .preparing, event: .said(.prepared(generation: 9)), state: .preparing(1)),
        Row(
            start: .preparing, event: .said(.refused(generation: 1, reason: "x")), state: .ending,
            actions: [.reportRefused(1, reason: "x"), .kill(.refused("x"))]),
        Row(start: .preparing, event: .tick, now: gone, state: .ending, actions: [.kill(.silent)]),
        Row(start: .preparing, event: .tick, now: gone - 2, state: .preparing(1)),
        Row(start: .preparing, event: .commit(2), state: .preparing(1)),
        Row(start: .preparing, event: .offer(2), state: .preparing(1)),
        Row(start: .preparing, event: .channelFailed, state: .ending, actions: [.kill(.channelFailed)]),
        Row(start: .preparing, event: .channelClosed, state: .ending),
        Row(start: .preparing, event: .exited, state: .spawning, actions: [.reportGone, .spawn]),
        Row(start: .preparing, event: .quit, state: .draining, actions: [.sendQuit]),
        Row(start: .preparing, event: .terminate, state: .ending, actions: [.sendTerminate]),
        // activating
        Row(
            start: .activating, event: .said(.activated(generation: 1)), state: .serving(1),
            actions: [.matchListeners, .reportActivated(1)]),
        Row(start: .activating, event: .said(.activated(generation: 2)), state: .activating(1)),
        Row(start: .activating, event: .said(.prepared(generation: 1)), state: .activating(1)),
        Row(start: .activating, event: .tick, now: gone, state: .ending, actions: [.kill(.silent)]),
        Row(start: .activating, event: .commit(2), state: .activating(1)),
        Row(start: .activating, event: .exited, state: .spawning, actions: [.reportGone, .spawn]),
        // serving
        Row(start: .serving, event: .tick, now: .max, state: .serving(1)),
        Row(
            start: .serving, event: .offer(2), state: .offered(next: 2, serving: 1),
            actions: [.sendPrepare(2)]),
        Row(start: .serving, event: .commit(2), state: .preparing(2), actions: [.sendPrepare(2)]),
        Row(start: .serving, event: .withdraw(2), state: .serving(1)),
        Row(start: .serving, event: .said(.refused(generation: 1, reason: "x")), state: .serving(1)),
        Row(start: .serving, event: .said(.drained), state: .serving(1)),
        Row(start: .serving, event: .exited, state: .spawning, actions: [.reportGone, .spawn]),
        Row(start: .serving, event: .channelClosed, state: .ending),
        Row(start: .serving, event: .quit, state: .draining, actions: [.sendQuit]),
        Row(start: .serving, event: .terminate, state: .ending, actions: [.sendTerminate]),
        // offered
        Row(
            start: .offered, event: .said(.prepared(generation: 2)), state: .holding(next: 2, serving: 1),
            actions: [.reportPrepared(2)]),
        Row(start: .offered, event: .said(.prepared(generation: 1)), state: .offered(next: 2, serving: 1)),
        Row(
            start: .offered, event: .said(.refused(generation: 2, reason: "x")), state: .serving(1),
            actions: [.reportRefused(2, reason: "x")]),
        Row(start: .offered, event: .withdraw(2), state: .serving(1)),
        Row(start: .offered, event: .withdraw(3), state: .offered(next: 2, serving: 1)),
        Row(start: .offered, event: .commit(2), state: .preparing(2), actions: [.sendPrepare(2)]),
        Row(start: .offered, event: .tick, now: .max, state: .offered(next: 2, serving: 1)),
        Row(start: .offered, event: .exited, state: .spawning, actions: [.reportGone, .spawn]),
        // holding
        Row(start: .holding, event: .commit(2), state: .activating(2), actions: [.sendActivate(2)]),
        Row(start: .holding, event: .commit(3), state: .preparing(3), actions: [.sendPrepare(3)]),
        Row(start: .holding, event: .withdraw(2), state: .serving(1)),
        Row(start: .holding, event: .quit, state: .draining, actions: [.sendQuit]),
        Row(start: .holding, event: .exited, state: .spawning, actions: [.reportGone, .spawn]),
        // draining
        Row(start: .draining, event: .tick, now: .max, state: .draining),
        Row(start: .draining, event: .said(.drained), state: .draining),
        Row(start: .draining, event: .commit(2), state: .draining),
        Row(start: .draining, event: .quit, state: .draining),
        Row(start: .draining, event: .terminate, state: .ending, actions: [.sendTerminate]),
        Row(start: .draining, event: .channelClosed, state: .ending),
        Row(start: .draining, event: .exited, state: .retired, actions: [.reportGone]),
        // ending
        Row(start: .ending, event: .tick, state: .ending),
        Row(
            start: .ending, event: .tick, now: SupervisorLimits.terminateTimeout, state: .ending,
            actions: [.kill(.lingering)]),
        Row(start: .ending, event: .terminate, state: .ending),
        Row(start: .ending, event: .channelFailed, state: .ending),
        Row(start: .ending, event: .channelClosed, state: .ending),
        Row(start: .ending, event: .said(.activated(generation: 1)), state: .ending),
        Row(start: .ending, event: .exited, state: .retired, actions: [.reportGone]),
        // retired
        Row(start: .retired, event: .tick, now: .max, state: .retired),
        Row(start: .retired, event: .exited, state: .retired),
        Row(start: .retired, event: .commit(2), state: .retired),
        Row(start: .retired, event: .quit, state: .retired),
        Row(start: .retired, event: .spawned, state: .retired),
    ]

    @Test(arguments: rows) func transition(_ row: Row) {
        var slot = row.start.slot()
        let actions = slot.received(row.event, now: row.now)
        #expect(actions == row.actions)
        #expect(slot.state == row.state)
    }

    /// A reload that is committed while a worker starts: it must not serve the old generation.
    @Test(
        "a starting worker goes on to the generation that was committed meanwhile", arguments: [true, false])
    func overtaken(duringPrepare: Bool) {
        var slot = (duringPrepare ? Start.preparing : .activating).slot()
        #expect(slot.received(.commit(2), now: 0) == [])
        let answer: WorkerMessage = duringPrepare ? .prepared(generation: 1) : .activated(generation: 1)
        #expect(slot.received(.said(answer), now: 0) == [.sendPrepare(2)])
        #expect(slot.received(.said(.prepared(generation: 2)), now: 0) == [.sendActivate(2)])
        #expect(
            slot.received(.said(.activated(generation: 2)), now: 0) == [.matchListeners, .reportActivated(2)])
    }

    @Test("a refusal of a generation that is not in force any more") func refusesTheOld() {
        var slot = Start.preparing.slot()
        _ = slot.received(.commit(2), now: 0)
        #expect(slot.received(.said(.refused(generation: 1, reason: "x")), now: 0) == [.sendPrepare(2)])
    }

    @Test("a worker that dies again and again is restarted more and more rarely") func crashLoop() {
        var slot = WorkerLifeCycle(target: 1, now: 0)
        var now: Int64 = 0
        var waits: [Int64] = []
        #expect(slot.received(.tick, now: now) == [.spawn])
        for _ in 0..<10 {
            _ = slot.received(.spawned, now: now)
            let actions = slot.received(.exited, now: now)
            let wait = (slot.wakeAt ?? now) - now
            waits.append(actions.contains(.spawn) ? 0 : wait)
            guard !actions.contains(.spawn) else { continue }
            #expect(slot.received(.tick, now: now + wait - 1) == [])
            now += wait
            #expect(slot.received(.tick, now: now) == [.spawn])
        }
        #expect(waits == [0, 0, 0, 50, 100, 200, 400, 800, 1_000, 1_000])
        #expect(slot.restarts == 10)
    }
}

@Suite("Back-off of restarts") struct RestartBackOffTests {
    @Test func delays() {
        var backOff = RestartBackOff()
        let delays = (0..<9).map { _ in backOff.delay(afterLiving: 0) }
        #expect(delays == [0, 0, 0, 50, 100, 200, 400, 800, 1_000])
    }

    @Test("a long life forgives everything") func healthy() {
        var backOff = RestartBackOff()
        for _ in 0..<20 { _ = backOff.delay(afterLiving: SupervisorLimits.healthyLife - 1) }
        #expect(
            backOff.delay(afterLiving: SupervisorLimits.healthyLife - 1)
                == SupervisorLimits.longestRestartDelay)
        #expect(backOff.delay(afterLiving: SupervisorLimits.healthyLife) == 0)
    }

    @Test("never longer than the limit, however often") func bounded() {
        var backOff = RestartBackOff()
        for _ in 0..<1_000 { #expect(backOff.delay(afterLiving: 0) <= SupervisorLimits.longestRestartDelay) }
    }
}
