// A reload in two steps: all workers open and verify the next generation, then all switch.
//
//   idle -- begin --> preparing -- all prepared --> activating -- all activated or gone --> idle
//                        |  refused, gone, out of time
//                        +--> idle, the old generation stays
//
// No I/O and no clock: events in, actions out.

package struct ReloadSequence: Sendable {
    package enum State: Equatable, Sendable {
        case idle
        case preparing(UInt64, waitingFor: Set<Int>, deadline: Int64)
        case activating(UInt64, waitingFor: Set<Int>, deadline: Int64)
    }

    package enum Event: Equatable, Sendable {
        case tick
        case prepared(slot: Int, UInt64)
        case refused(slot: Int, UInt64, reason: String)
        case activated(slot: Int, UInt64)
        /// The worker's process ended.
        case gone(slot: Int)
        /// The master stops: whatever is not committed is given up.
        case cancel
    }

    package enum Action: Equatable, Sendable {
        case offer(UInt64, slots: [Int])
        /// From here on there is no way back: new workers begin with this generation.
        case commit(UInt64)
        case abort(UInt64, AbortReason)
        /// Every worker that could has switched.
        case finish(UInt64)
    }

    package enum AbortReason: Equatable, Sendable, CustomStringConvertible {
        case noWorker
        case refused(slot: Int, reason: String)
        /// A generation that ends a worker while it is verified must not reach the others.
        case workerEnded(slot: Int)
        case outOfTime(slots: [Int])
        case cancelled

        package var description: String {
            switch self {
            case .noWorker: "no worker is serving"
            case .refused(let slot, let reason): "worker \(slot) refused it: \(reason)"
            case .workerEnded(let slot): "worker \(slot) ended while it prepared"
            case .outOfTime(let slots):
                "not prepared in time by worker \(slots.map(String.init).joined(separator: ", "))"
            case .cancelled: "the master is stopping"
            }
        }
    }

    package private(set) var state = State.idle

    package init() {}

    package var isIdle: Bool { state == .idle }

    /// When `tick` has something to do; nil: never.
    package var wakeAt: Int64? {
        switch state {
        case .idle: nil
        case .preparing(_, _, let deadline), .activating(_, _, let deadline): deadline
        }
    }

    /// - Parameter slots: Those whose workers are serving. Others find the generation once it is
    ///   committed.
    package mutating func begin(_ generation: UInt64, slots: [Int], now: Int64) -> [Action] {
        precondition(isIdle, "a reload is under way")
        guard !slots.isEmpty else { return [.abort(generation, .noWorker)] }
        state = .preparing(
            generation, waitingFor: Set(slots), deadline: now + SupervisorLimits.reloadTimeout)
        return [.offer(generation, slots: slots)]
    }

    package mutating func received(_ event: Event, now: Int64) -> [Action] {
        switch state {
        case .idle:
            return []
        case .preparing(let generation, let slots, let deadline):
            return preparing(generation, slots, deadline, event, now)
        case .activating(let generation, let slots, let deadline):
            return activating(generation, slots, deadline, event, now)
        }
    }

    private mutating func preparing(
        _ generation: UInt64, _ slots: Set<Int>, _ deadline: Int64, _ event: Event, _ now: Int64
    ) -> [Action] {
        switch event {
        case .prepared(let slot, generation) where slots.contains(slot):
            let rest = slots.subtracting([slot])
            prepared.insert(slot)
            guard rest.isEmpty else {
                state = .preparing(generation, waitingFor: rest, deadline: deadline)
                return []
            }
            state = .activating(
                generation, waitingFor: prepared, deadline: now + SupervisorLimits.reloadTimeout)
            prepared = []
            return [.commit(generation)]
        case .refused(let slot, generation, let reason) where slots.contains(slot):
            return abort(generation, .refused(slot: slot, reason: reason))
        case .gone(let slot) where slots.contains(slot) || prepared.contains(slot):
            return abort(generation, .workerEnded(slot: slot))
        case .tick where now >= deadline:
            return abort(generation, .outOfTime(slots: slots.sorted()))
        case .cancel:
            return abort(generation, .cancelled)
        case .prepared, .refused, .gone, .tick, .activated:
            return []
        }
    }

    private mutating func activating(
        _ generation: UInt64, _ slots: Set<Int>, _ deadline: Int64, _ event: Event, _ now: Int64
    ) -> [Action] {
        var rest = slots
        switch event {
        case .activated(let slot, generation): rest.remove(slot)
        case .gone(let slot): rest.remove(slot)
        // A worker that is late is killed by its own slot's deadline; its follower begins anew.
        case .tick where now >= deadline: rest = []
        case .cancel: rest = []
        case .tick, .prepared, .refused, .activated: return []
        }
        guard rest.isEmpty else {
            state = .activating(generation, waitingFor: rest, deadline: deadline)
            return []
        }
        state = .idle
        return [.finish(generation)]
    }

    private mutating func abort(_ generation: UInt64, _ reason: AbortReason) -> [Action] {
        state = .idle
        prepared = []
        return [.abort(generation, reason)]
    }

    /// Slots that have answered in the first step.
    private var prepared: Set<Int> = []
}
