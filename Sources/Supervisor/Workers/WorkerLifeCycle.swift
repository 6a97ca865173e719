// The life of one worker slot. No I/O and no clock: events in, actions out.
//
//                 spawned               prepared              activated
//   vacant -> spawning -> preparing(g) ---------> activating(g) ---------> serving(g)
//     ^                        ^                                           |   ^
//     |                        | commit(g'), not offered before      offer |   | withdraw, refused
//     |                        +------------------------------- serving    v   |
//     |                                                       holding <- offered
//     +-- exited (restart)                                       | commit(g')
//                                                                +-> activating(g')
//   any -> draining (quit) -> retired
//   any -> ending (terminate, kill, channel closed) -> vacant or retired

package import Gateway

package struct WorkerLifeCycle: Sendable {
    package enum State: Equatable, Sendable {
        /// No process; one is started at `restartAt`.
        case vacant(restartAt: Int64)
        /// The shell was told to start a process.
        case spawning
        case preparing(UInt64)
        case activating(UInt64)
        case serving(UInt64)
        /// Serving one generation while it opens the next.
        case offered(next: UInt64, serving: UInt64)
        /// Serving one generation with the next at hand.
        case holding(next: UInt64, serving: UInt64)
        /// Told to let its connections end.
        case draining
        /// Told to end, or killed.
        case ending
        /// Ended, and none follows.
        case retired
    }

    package enum Event: Equatable, Sendable {
        /// Time has passed.
        case tick
        case spawned
        case spawnFailed
        case said(WorkerMessage)
        case channelFailed
        /// The worker closed its end: it is ending, or has ended.
        case channelClosed
        case exited
        /// First step of a reload.
        case offer(UInt64)
        /// Second step: also for slots that were not offered the generation.
        case commit(UInt64)
        case withdraw(UInt64)
        case quit
        case terminate
    }

    package enum Action: Equatable, Sendable {
        case spawn
        case sendStart
        case sendPrepare(UInt64)
        case sendActivate(UInt64)
        case sendQuit
        case sendTerminate
        /// Give the worker the listeners it lacks and retire those it should not have.
        case matchListeners
        /// SIGKILL.
        case kill(KillReason)
        /// For the reload under way.
        case reportPrepared(UInt64)
        case reportRefused(UInt64, reason: String)
        case reportActivated(UInt64)
        case reportGone
    }

    package enum KillReason: Equatable, Sendable {
        /// It did not prepare or activate a generation in time.
        case silent
        case channelFailed
        /// It could not open the generation that every new worker must begin with.
        case refused(String)
        /// It did not end in time.
        case lingering
    }

    package private(set) var state: State
    /// The generation that a new worker begins with.
    package private(set) var target: UInt64
    /// Times that a worker was started after an unwanted end.
    package private(set) var restarts = 0

    private var backOff = RestartBackOff()
    private var isStopping = false
    /// When the present state has lasted too long; nil: it may last for ever.
    private var deadline: Int64?
    private var spawnedAt: Int64 = 0

    /// - Parameter now: Monotonic milliseconds, as for all events; the first start is due at once.
    package init(target: UInt64, now: Int64) {
        state = .vacant(restartAt: now)
        self.target = target
    }

    /// When `tick` has something to do; nil: never.
    package var wakeAt: Int64? {
        if case .vacant(let restartAt) = state { return restartAt }
        return deadline
    }

    package mutating func received(_ event: Event, now: Int64) -> [Action] {
        switch event {
        case .tick: tick(now)
        case .spawned: spawned(now)
        case .spawnFailed: spawnFailed(now)
        case .said(let message): said(message, now)
        case .channelFailed: isAlive ? kill(.channelFailed, now) : []
        case .channelClosed: channelClosed(now)
        case .exited: exited(now)
        case .offer(let generation): offer(generation)
        case .commit(let generation): commit(generation, now)
        case .withdraw(let generation): withdraw(generation)
        case .quit: quit()
        case .terminate: terminate(now)
        }
    }
}

// MARK: - Processes

extension WorkerLifeCycle {
    /// A process exists that has not been told to end.
    private var isAlive: Bool {
        switch state {
        case .preparing, .activating, .serving, .offered, .holding, .draining: true
        case .vacant, .spawning, .ending, .retired: false
        }
    }

    private mutating func tick(_ now: Int64) -> [Action] {
        if case .vacant(let restartAt) = state {
            guard restartAt <= now else { return [] }
            state = .spawning
            return [.spawn]
        }
        guard let due = deadline, due <= now else { return [] }
        return kill(state == .ending ? .lingering : .silent, now)
    }

    private mutating func spawned(_ now: Int64) -> [Action] {
        guard state == .spawning else { return [] }
        spawnedAt = now
        return [.sendStart] + prepare(now)
    }

    private mutating func spawnFailed(_ now: Int64) -> [Action] {
        guard state == .spawning else { return [] }
        // Without a process there is nothing that could be restarted at once.
        let delay = max(backOff.delay(afterLiving: 0), SupervisorLimits.firstRestartDelay)
        state = .vacant(restartAt: now + delay)
        return []
    }

    private mutating func exited(_ now: Int64) -> [Action] {
        guard state != .retired else { return [] }
        deadline = nil
        guard !isStopping else {
            state = .retired
            return [.reportGone]
        }
        restarts += 1
        state = .vacant(restartAt: now + backOff.delay(afterLiving: now - spawnedAt))
        return [.reportGone] + tick(now)
    }

    /// Its end follows at once; a process that lives on without a channel is of no use.
    private mutating func channelClosed(_ now: Int64) -> [Action] {
        guard isAlive else { return [] }
        state = .ending
        deadline = now + SupervisorLimits.exitTimeout
        return []
    }

    private mutating func kill(_ reason: KillReason, _ now: Int64) -> [Action] {
        state = .ending
        deadline = now + SupervisorLimits.terminateTimeout
        return [.kill(reason)]
    }

    private mutating func quit() -> [Action] {
        isStopping = true
        switch state {
        case .vacant, .spawning:
            state = .retired
            return [.reportGone]
        case .preparing, .activating, .serving, .offered, .holding:
            state = .draining
            deadline = nil
            return [.sendQuit]
        case .draining, .ending, .retired:
            return []
        }
    }

    private mutating func terminate(_ now: Int64) -> [Action] {
        isStopping = true
        switch state {
        case .vacant, .spawning:
            state = .retired
            return [.reportGone]
        case .preparing, .activating, .serving, .offered, .holding, .draining:
            state = .ending
            deadline = now + SupervisorLimits.terminateTimeout
            return [.sendTerminate]
        case .ending, .retired:
            return []
        }
    }
}

// MARK: - Generations

extension WorkerLifeCycle {
    private mutating func prepare(_ now: Int64) -> [Action] {
        state = .preparing(target)
        deadline = now + SupervisorLimits.startTimeout
        return [.sendPrepare(target)]
    }

    private mutating func activate(_ generation: UInt64, _ now: Int64) -> [Action] {
        state = .activating(generation)
        deadline = now + SupervisorLimits.startTimeout
        return [.sendActivate(generation)]
    }

    private mutating func said(_ message: WorkerMessage, _ now: Int64) -> [Action] {
        switch message {
        case .ready, .drained, .connections, .stages, .closedConnection: []
        case .prepared(let generation): prepared(generation, now)
        case .refused(let generation, let reason): refused(generation, reason, now)
        case .activated(let generation): activated(generation, now)
        }
    }

    /// Answers about a generation that is not being waited for any more say nothing.
    private mutating func prepared(_ generation: UInt64, _ now: Int64) -> [Action] {
        switch state {
        case .preparing(generation):
            // A reload may have been committed meanwhile: begin again with what is in force.
            return generation == target ? activate(generation, now) : prepare(now)
        case .offered(next: generation, let serving):
            state = .holding(next: generation, serving: serving)
            return [.reportPrepared(generation)]
        case .vacant, .spawning, .preparing, .activating, .serving, .offered, .holding, .draining, .ending,
            .retired:
            return []
        }
    }

    private mutating func refused(_ generation: UInt64, _ reason: String, _ now: Int64) -> [Action] {
        switch state {
        case .preparing(generation):
            guard generation == target else { return prepare(now) }
            return [.reportRefused(generation, reason: reason)] + kill(.refused(reason), now)
        case .offered(next: generation, let serving):
            state = .serving(serving)
            return [.reportRefused(generation, reason: reason)]
        case .vacant, .spawning, .preparing, .activating, .serving, .offered, .holding, .draining, .ending,
            .retired:
            return []
        }
    }

    private mutating func activated(_ generation: UInt64, _ now: Int64) -> [Action] {
        guard state == .activating(generation) else { return [] }
        // Its listeners would be those of a policy that it does not have.
        guard generation == target else { return prepare(now) }
        state = .serving(generation)
        deadline = nil
        return [.matchListeners, .reportActivated(generation)]
    }

    private mutating func offer(_ generation: UInt64) -> [Action] {
        guard case .serving(let serving) = state else { return [] }
        state = .offered(next: generation, serving: serving)
        return [.sendPrepare(generation)]
    }

    private mutating func commit(_ generation: UInt64, _ now: Int64) -> [Action] {
        target = generation
        switch state {
        case .holding(next: generation, _):
            return activate(generation, now)
        case .serving, .offered, .holding:
            return prepare(now)
        case .vacant, .spawning, .preparing, .activating, .draining, .ending, .retired:
            return []
        }
    }

    private mutating func withdraw(_ generation: UInt64) -> [Action] {
        switch state {
        case .offered(next: generation, let serving), .holding(next: generation, let serving):
            state = .serving(serving)
        case .vacant, .spawning, .preparing, .activating, .serving, .offered, .holding, .draining, .ending,
            .retired:
            break
        }
        return []
    }
}
