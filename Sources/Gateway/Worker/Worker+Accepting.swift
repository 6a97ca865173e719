// New connections.

internal import Bytes
internal import Journal
internal import Metrics
internal import Posix
internal import RuleStore
internal import Transport

extension Worker {
    /// Takes what waits at a listener, a bounded number in one turn; level-triggered, the rest
    /// is told again.
    func acceptConnections(_ handle: SlotHandle) {
        for _ in 0..<GatewayLimits.acceptsPerTurn {
            guard let (number, address) = listeners.listener(handle) else { return }
            guard mayAccept else {
                pauseAccepting()
                return
            }
            do {
                guard let accepted = try StreamSocket.accept(number) else { return }
                let client = ClientAddress(
                    peer: accepted.peer, local: StreamSocket.localAddress(accepted.socket.number), listener: address)
                try open(accepted.takeSocket(), client)
            } catch {
                services.log.process(.alert, "accepting a connection: \(error)")
                pauseAccepting()
                return
            }
        }
    }

    /// Tunnels count as the client connections that they are.
    private var mayAccept: Bool {
        services.tables.sessions.count + services.tables.tunnels.count < services.generation.policy.workerConnections
    }

    private func pauseAccepting() {
        listeners.pause(until: services.now + GatewayLimits.acceptPauseMilliseconds, on: services.poller)
    }

    /// Takes new connections again, if there is room or the time of the pause is over.
    func resumeAccepting() {
        guard let time = listeners.resumeAt, services.now >= time else { return }
        listeners.resume(on: services.poller)
    }

    private func open(_ socket: consuming Descriptor, _ client: ClientAddress) throws(SystemError) {
        let session = Session(worker: services, client: client)
        let handle = services.tables.sessions.insert(session)
        session.handle = handle
        do {
            session.stream = try SocketStream(socket, token: session.token, on: services.poller)
        } catch {
            _ = services.tables.sessions.remove(handle)
            throw error
        }
        services.stats.add(.connectionsAccepted)
        services.stats.add(.connectionsOpen)
        session.exchange.headMilliseconds = services.generation.headTimeoutMilliseconds(at: client.listener)
        session.setDeadline(milliseconds: session.exchange.headMilliseconds)
    }
}
