// What the master orders.

internal import Automata
internal import Bytes
internal import Journal
internal import Metrics
internal import Pipeline
internal import Posix
internal import RuleStore
internal import Transport

extension Worker {
    /// Works through the messages that wait on the channel.
    func receiveOrders() {
        while !isFinished {
            do {
                guard var received = try link.channel.receive() else { return }
                obey(received.message, &received.descriptors)
            } catch {
                // Without its master a worker takes nothing new; what is open may end.
                services.log.process(.notice, "the master is gone: \(error)")
                services.poller.remove(link.channel.descriptorNumber)
                drain()
                return
            }
        }
    }

    private func obey(_ message: MasterMessage, _ descriptors: inout DescriptorList) {
        switch message {
        case .start: services.log.process(.alert, "a second start was ordered")
        case .dictionaries: services.log.process(.alert, "dictionaries came twice")
        case .redis: services.log.process(.alert, "a redis server came late")
        case .tellBan(let name, let key, let end):
            let text = ByteText(key)
            withExtendedLifetime(text) { services.dictionaries.tellBan(name, key: text.view, end: end) }
        case .logLevel(let number):
            if let level = LogLevel(rawValue: Int(number)) { services.log.set(level: level) }
        case .listeners(let addresses): listen(addresses, &descriptors)
        case .retire(let addresses): retire(addresses)
        case .prepare(let number):
            guard let store = descriptors.take(at: 0) else { return }
            link.answer(generations.prepare(number, store))
        case .activate(let number): activate(number)
        case .logs: if let file = descriptors.take(at: 0) { services.log.reopen(file) }
        case .listConnections(let query, let start):
            link.answer(.connections(query: query, services.connections(from: start)))
        case .listStages(let query):
            let counters = services.generation.pipelines.flatMap { $0.stages.map(\.counters) }
            link.answer(.stages(query: query, counters))
        case .closeConnection(let query, let identifier):
            link.answer(.closedConnection(query: query, wasFound: services.closeConnection(identifier)))
        case .quit: drain()
        case .terminate: isFinished = true
        }
    }

    private func listen(_ addresses: [ListenAddress], _ descriptors: inout DescriptorList) {
        for (index, address) in addresses.enumerated() {
            guard let socket = descriptors.take(at: index) else { continue }
            do {
                try listeners.add(socket, address, on: services.poller)
            } catch {
                services.log.process(.alert, "listening on \(address): \(error)")
            }
        }
    }

    /// Takes the connections that wait at the sockets, then lets them go.
    private func retire(_ addresses: [ListenAddress]) {
        for handle in listeners.handles(of: addresses) {
            acceptConnections(handle)
            listeners.close(handle, on: services.poller)
        }
    }

    private func activate(_ number: UInt64) {
        guard let generation = generations.take(number) else {
            link.answer(.refused(generation: number, reason: "it was not prepared"))
            return
        }
        // Idle connections belong to the old generation's upstreams; those in use go with it.
        for handle in services.generation.upstreams.drainIdle() {
            if let connection = services.tables.upstream(handle) { services.closeUpstream(connection) }
        }
        services.generation = generation
        services.matcher.forgetAll()
        services.transactions.forgetPlans()
        services.stats.set(.generation, number)
        tunnelsToRoute = services.tables.tunnels.handles
        link.answer(.activated(generation: number))
    }

    /// Routes some tunnels on the active generation: an idle one would otherwise keep the old one
    /// in memory. The rest follows in the next turns, so that no connection waits for all.
    func routeTunnels() {
        let services = services
        for _ in 0..<min(256, tunnelsToRoute.count) {
            let handle = tunnelsToRoute.removeLast()
            if services.tables.tunnels.with(handle, { $0.follow(services) }) == .gone {
                services.closeTunnel(handle)
            }
        }
    }

    // MARK: Shutdown

    /// Takes no more connections; idle ones are closed, the others end with their exchange.
    func drain() {
        guard !services.isDraining else { return }
        services.isDraining = true
        listeners.closeAll(on: services.poller)
        let limit = services.generation.policy.shutdownTimeoutMilliseconds
        drainDeadline = limit.map { services.now + $0 }
        for handle in services.tables.sessions.handles {
            if let session = services.tables.session(handle), session.isIdle { session.close() }
        }
    }

    func checkDrained() {
        if let drainDeadline, services.now >= drainDeadline {
            closeTunnels()
            isFinished = true
        }
        if services.tables.sessions.count == 0, services.tables.tunnels.count == 0 { isFinished = true }
        if isFinished { link.answer(.drained) }
    }

    /// Tells every WebSocket that it is over, without waiting for an answer.
    private func closeTunnels() {
        let services = services
        for handle in services.tables.tunnels.handles {
            _ = services.tables.tunnels.with(handle) { $0.close(.shuttingDown, services) }
            services.closeTunnel(handle)
        }
    }
}
