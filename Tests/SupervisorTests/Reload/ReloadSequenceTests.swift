// The two steps of a reload, with every way in which they can fail.

import Supervisor
import Testing

@Suite("Reload in two steps") struct ReloadSequenceTests {
    typealias Event = ReloadSequence.Event
    typealias Action = ReloadSequence.Action
    typealias State = ReloadSequence.State

    static let late = SupervisorLimits.reloadTimeout

    struct Row: CustomTestStringConvertible, Sendable {
        var name: String
        var events: [Event]
        var now: Int64 = 1
        /// What the last event leads to.
        var actions: [Action]
        var isIdle: Bool
        var testDescription: String { name }
    }

    /// All begin with generation 2 offered to the slots 0 and 1 at time 0.
    static let rows: [Row] = [
        Row(name: "one of two", events: [.prepared(slot: 0, 2)], actions: [], isIdle: false),
        Row(
            name: "the same twice", events: [.prepared(slot: 0, 2), .prepared(slot: 0, 2)], actions: [],
            isIdle: false),
        Row(
            name: "both", events: [.prepared(slot: 0, 2), .prepared(slot: 1, 2)], actions: [.commit(2)],
            isIdle: false),
        Row(
            name: "another generation", events: [.prepared(slot: 0, 2), .prepared(slot: 1, 1)], actions: [],
            isIdle: false),
        Row(
            name: "a slot that was not asked", events: [.prepared(slot: 0, 2), .prepared(slot: 7, 2)],
            actions: [],
            isIdle: false),
        Row(
            name: "refused", events: [.prepared(slot: 0, 2), .refused(slot: 1, 2, reason: "x")],
            actions: [.abort(2, .refused(slot: 1, reason: "x"))], isIdle: true),
        Row(
            name: "another generation refused", events: [.refused(slot: 1, 1, reason: "x")], actions: [],
            isIdle: false),
        Row(
            name: "a worker dies before it prepared", events: [.gone(slot: 1)],
            actions: [.abort(2, .workerEnded(slot: 1))], isIdle: true),
        Row(
            name: "a worker dies after it prepared", events: [.prepared(slot: 1, 2), .gone(slot: 1)],
            actions: [.abort(2, .workerEnded(slot: 1))], isIdle: true),
        Row(name: "a stranger dies", events: [.gone(slot: 5)], actions: [], isIdle: false),
        Row(name: "time left", events: [.tick], now: late - 1, actions: [], isIdle: false),
        Row(
            name: "out of time", events: [.tick], now: late, actions: [.abort(2, .outOfTime(slots: [0, 1]))],
            isIdle: true),
        Row(name: "cancelled", events: [.cancel], actions: [.abort(2, .cancelled)], isIdle: true),
        Row(name: "activated too early", events: [.activated(slot: 0, 2)], actions: [], isIdle: false),
        Row(name: "one activated", events: committed + [.activated(slot: 0, 2)], actions: [], isIdle: false),
        Row(
            name: "both activated", events: committed + [.activated(slot: 0, 2), .activated(slot: 1, 2)],
            actions: [.finish(2)], isIdle: true),
        Row(
            name: "one dies instead", events: committed + [.activated(slot: 0, 2), .gone(slot: 1)],
            actions: [.finish(2)], isIdle: true),
        Row(
            name: "another generation activated", events: committed + [.activated(slot: 0, 1)], actions: [],
            isIdle: false),
        Row(
            name: "too late to refuse", events: committed + [.refused(slot: 0, 2, reason: "x")], actions: [],
            isIdle: false),
        Row(
            name: "never activated", events: committed + [.tick], now: late + 1, actions: [.finish(2)],
            isIdle: true),
        Row(name: "too late to cancel", events: committed + [.cancel], actions: [.finish(2)], isIdle: true),
        Row(
            name: "nothing more after the end", events: [.cancel, .prepared(slot: 0, 2)], actions: [],
            isIdle: true),
    ]

    static let committed: [Event] = [.prepared(slot: 0, 2), .prepared(slot: 1, 2)]

    @Test(arguments: rows) func sequence(_ row: Row) {
        var sequence = ReloadSequence()
        #expect(sequence.begin(2, slots: [0, 1], now: 0) == [.offer(2, slots: [0, 1])])
        var last: [Action] = []
        for (index, event) in row.events.enumerated() {
            last = sequence.received(event, now: index == row.events.count - 1 ? row.now : 1)
        }
        #expect(last == row.actions)
        #expect(sequence.isIdle == row.isIdle)
        #expect((sequence.wakeAt == nil) == row.isIdle)
    }

    @Test("without a worker nothing is committed") func noWorker() {
        var sequence = ReloadSequence()
        #expect(sequence.begin(2, slots: [], now: 0) == [.abort(2, .noWorker)])
        #expect(sequence.isIdle)
    }

    @Test("one reload after the other") func again() {
        var sequence = ReloadSequence()
        for generation: UInt64 in 2...4 {
            _ = sequence.begin(generation, slots: [0], now: 0)
            #expect(sequence.received(.prepared(slot: 0, generation), now: 0) == [.commit(generation)])
            #expect(sequence.received(.activated(slot: 0, generation), now: 0) == [.finish(generation)])
        }
    }

    /// Any order of any events ends in one abort or one finish, and a commit comes before a finish.
    @Test func anyOrder() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            var sequence = ReloadSequence()
            var actions = sequence.begin(2, slots: [0, 1, 2], now: 0)
            for _ in 0..<40 {
                let slot = Int.random(in: 0..<4, using: &generator)
                let event: Event =
                    switch Int.random(in: 0..<20, using: &generator) {
                    case 0: .refused(slot: slot, 2, reason: "x")
                    case 1: .gone(slot: slot)
                    case 2..<11: .prepared(slot: slot, 2)
                    default: .activated(slot: slot, 2)
                    }
                actions += sequence.received(event, now: 1)
            }
            actions += sequence.received(.tick, now: .max)
            let ends = actions.filter {
                switch $0 {
                case .abort, .finish: true
                case .offer, .commit: false
                }
            }
            #expect(ends.count == 1)
            #expect(actions.contains(.commit(2)) == actions.contains(.finish(2)))
        }
    }
}
