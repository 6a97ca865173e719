// The worker's loop: waits for events and gives each to the connection it belongs to.

internal import Automata
internal import Bytes
internal import Journal
internal import Metrics
internal import Posix
internal import RuleStore
internal import Transport

/// One worker process after its start: everything it does happens in `run()`.
final class Worker {
    let services: WorkerServices
    var listeners = ListenerTable()
    let link: ControlLink
    var generations: GenerationSwitch
    /// Tunnels that have not been routed on the active generation yet.
    var tunnelsToRoute: [SlotHandle] = []
    /// When a shutdown stops waiting; milliseconds of the monotonic clock.
    var drainDeadline: Int?
    var isFinished = false
    private var due: [EventToken] = []

    init(_ services: WorkerServices, link: consuming ControlLink, generations: GenerationSwitch)
        throws(SystemError)
    {
        self.services = services
        self.link = link
        self.generations = generations
        let handle = SlotHandle(index: 0, generation: 1)
        try services.poller.add(
            self.link.channel.descriptorNumber, ConnectionKind.channel.token(handle), .read)
    }

    /// Serves until the master says otherwise or is gone.
    func run() throws(SystemError) {
        while !isFinished {
            let count = try services.poller.wait(timeoutMilliseconds: pause)
            services.readClocks()
            for index in 0..<count { dispatch(services.poller.event(at: index)) }
            fireTimers()
            services.dictionaries.redis.tick(services)
            routeTunnels()
            if services.evaluations.takeTurn() { services.stats.add(.evaluationTurns) }
            resumeAccepting()
            if services.isDraining { checkDrained() }
            countMatcher()
            services.dictionaries.count(in: services.stats)
        }
    }

    /// Milliseconds that the loop may sleep.
    private var pause: Int? {
        if !tunnelsToRoute.isEmpty || services.evaluations.hasWork { return 0 }
        let timer = services.wheel.millisecondsToNext(now: services.now)
        let ownTime = min(
            drainDeadline ?? .max, listeners.resumeAt ?? .max, services.dictionaries.redis.wakeAt ?? .max)
        guard ownTime != .max else { return timer }
        return min(timer ?? .max, max(0, ownTime - services.now))
    }

    private func dispatch(_ event: Readiness) {
        guard let kind = ConnectionKind(rawValue: event.token.kind) else { return }
        let handle = event.token.handle
        switch kind {
        case .channel: receiveOrders()
        case .listener: acceptConnections(handle)
        case .session: services.tables.session(handle)?.ready(event)
        case .upstream: upstreamReady(handle, event)
        case .tunnelClient: tunnelReady(handle, event, .fromClient)
        case .tunnelServer: tunnelReady(handle, event, .fromServer)
        case .redis: services.dictionaries.redis.ready(handle, event, services)
        }
    }

    private func upstreamReady(_ handle: SlotHandle, _ event: Readiness) {
        guard let connection = services.tables.upstream(handle) else { return }
        if let exchange = connection.exchange {
            exchange.upstreamReady(event)
        } else if let inquiry = connection.inquiry {
            inquiry.ready(event)
        } else {
            services.closeIdleUpstream(connection)
        }
    }

    private func tunnelReady(_ handle: SlotHandle, _ event: Readiness, _ direction: MessageDirection) {
        let services = services
        let outcome = services.tables.tunnels.with(handle) { $0.ready(event, on: direction, services) }
        if outcome == .gone { services.closeTunnel(handle) }
        services.relieveMessageMemory()
    }

    private func fireTimers() {
        due.removeAll(keepingCapacity: true)
        services.wheel.expire(now: services.now, into: &due)
        let services = services
        for token in due {
            switch ConnectionKind(rawValue: token.kind) {
            case .session: services.tables.session(token.handle)?.timerFired()
            case .tunnelClient:
                if services.tables.tunnels.with(token.handle, { $0.timerFired(services) }) == .gone {
                    services.closeTunnel(token.handle)
                }
            case .upstream: services.tables.upstream(token.handle)?.inquiry?.timerFired()
            case .tunnelServer: services.stageTimerFired(token.handle)
            case .channel, .listener, .redis, nil: break
            }
        }
    }

    private func countMatcher() {
        let statistics = services.matcher.statistics
        services.stats.set(.matcherCacheHits, UInt64(statistics.hits))
        services.stats.set(.matcherCacheMisses, UInt64(statistics.misses))
        services.stats.set(.matcherCacheFlushes, UInt64(statistics.flushes))
    }
}
