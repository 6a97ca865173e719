// A connection after its upgrade: frames go both ways, uncopied where they can.
//
//     open --violation, verdict--> refused --both ends flushed and closed, or 3 s--> gone
//       |                                                                             ^
//       +--one end closes--> ending ---------------------------------------------------+
//
// Every message is held whole until its verdict; see `FrameRelay` for how little is copied.

internal import Bytes
internal import Journal
internal import Metrics
internal import Posix
internal import RuleStore
internal import Transport
internal import WebSocket

/// One tunnel; lives in the worker's table, at a fixed address, and is never copied.
struct Tunnel: ~Copyable {
    enum State: Equatable {
        case open
        /// One end has closed; what the other still says is passed on.
        case ending
        /// Both ends have been told; their input is thrown away.
        case refused
    }

    /// What an event leads to.
    enum Outcome: Equatable { case goOn, gone }

    var client: TunnelEnd
    var server: TunnelEnd
    let context: TunnelContext
    var state = State.open
    /// Bytes that the worker has counted for messages that wait here for their end.
    private(set) var heldBytes = 0
    var deadline = ConnectionDeadline()

    init(client: consuming TunnelEnd, server: consuming TunnelEnd, context: TunnelContext) {
        self.client = client
        self.server = server
        self.context = context
    }

    /// Puts both sockets under the tunnel's own tokens.
    ///
    /// - Returns: false when the poller refuses.
    mutating func attach(_ handle: SlotHandle, _ worker: WorkerServices) -> Bool {
        context.handle = handle
        do {
            try client.stream.hand(to: ConnectionKind.tunnelClient.token(handle), on: worker.poller)
            try server.stream.hand(to: ConnectionKind.tunnelServer.token(handle), on: worker.poller)
            // A client that sent many frames ahead of the answer was paused.
            client.stream.resumeReading(on: worker.poller)
            server.stream.resumeReading(on: worker.poller)
            return true
        } catch {
            worker.log.tunnel(context, .alert, "\(error)")
            return false
        }
    }

    // MARK: Events

    mutating func ready(_ event: Readiness, on direction: MessageDirection, _ worker: WorkerServices)
        -> Outcome
    {
        if event.isWritable {
            switch direction {
            case .fromClient: Self.flush(&client, source: &server, worker)
            case .fromServer: Self.flush(&server, source: &client, worker)
            }
            if state == .ending { setEndDeadline(worker) }
        }
        if event.isReadable || event.isBroken, !whileWaiting(event, direction, worker) {
            readable(direction, worker)
        }
        if event.isBroken { dropIfEnded(direction, worker) }
        return settle(worker)
    }

    /// Bytes that came right behind the heads of the handshake.
    mutating func begin(fromClient: ByteView, fromServer: ByteView, _ worker: WorkerServices) -> Outcome {
        touch(worker)
        if !fromServer.isEmpty { relay(fromServer, .fromServer, worker) }
        if !fromClient.isEmpty, state == .open { relay(fromClient, .fromClient, worker) }
        countHeld(worker)
        return settle(worker)
    }

    mutating func timerFired(_ worker: WorkerServices) -> Outcome {
        guard deadline.fired(now: worker.now, token: client.stream.token, on: &worker.wheel) else {
            return .goOn
        }
        guard state == .open, client.reader != nil else { return .gone }
        refuse(.idle, from: nil, worker)
        return settle(worker)
    }

    /// Goes over to the active generation: its limits and rules hold from the next message on.
    mutating func follow(_ worker: WorkerServices) -> Outcome {
        guard context.generation != worker.generation.number else { return .goOn }
        guard context.follow(worker) else { return close(.unrouted, worker) }
        client.reader?.limits = context.limits
        client.reader?.wantsPayload = context.checks.needsPayload
        server.reader?.limits = context.limits
        server.reader?.wantsPayload = context.checks.needsPayload
        return .goOn
    }

    /// The worker ends, or the generation has no place for the tunnel.
    mutating func close(_ reason: Refusal, _ worker: WorkerServices) -> Outcome {
        guard state == .open, client.reader != nil else { return .gone }
        refuse(reason, from: nil, worker)
        return settle(worker)
    }

    // MARK: Reading

    private mutating func readable(_ direction: MessageDirection, _ worker: WorkerServices) {
        let result: TransferResult =
            switch direction {
            case .fromClient:
                worker.window.receive(from: client.stream.socket.number, behind: client.unread.view)
            case .fromServer:
                worker.window.receive(from: server.stream.socket.number, behind: server.unread.view)
            }
        switch result {
        case .wouldBlock: break
        case .moved(let count):
            switch direction {
            case .fromClient: client.unread.removeAll(keepingCapacity: false)
            case .fromServer: server.unread.removeAll(keepingCapacity: false)
            }
            touch(worker)
            guard state != .refused, follow(worker) == .goOn, state != .refused else { return }
            relay(worker.window.received(count), direction, worker)
            countHeld(worker)
        case .endOfStream, .failed: ended(direction, worker)
        }
    }

    private mutating func relay(_ bytes: ByteView, _ direction: MessageDirection, _ worker: WorkerServices) {
        let refusal: Refusal?
        switch direction {
        case .fromClient:
            worker.stats.add(.clientBytesReceived, bytes.count)
            refusal = FrameRelay.relay(bytes, .fromClient, from: &client, to: &server, context, worker)
        case .fromServer:
            worker.stats.add(.upstreamBytesReceived, bytes.count)
            refusal = FrameRelay.relay(bytes, .fromServer, from: &server, to: &client, context, worker)
        }
        if let refusal { refuse(refusal, from: direction, worker) }
    }

    mutating func ended(_ direction: MessageDirection, _ worker: WorkerServices) {
        switch direction {
        case .fromClient:
            client.hasEnded = true
            client.stream.pauseReading(on: worker.poller)
        case .fromServer:
            server.hasEnded = true
            server.stream.pauseReading(on: worker.poller)
        }
        guard state == .open else { return }
        state = .ending
        setEndDeadline(worker)
    }

    /// The last bytes have as long as any others; then it is the other end's turn to close.
    private mutating func setEndDeadline(_ worker: WorkerServices) {
        let isOwed = client.hasEnded ? server.stream.isBlocked : client.stream.isBlocked
        setDeadline(
            isOwed ? context.settings.clientSendTimeoutMilliseconds : GatewayLimits.tunnelCloseMilliseconds,
            worker)
    }

    /// A broken socket that has been read to its end would be told of in every turn of the loop.
    private mutating func dropIfEnded(_ direction: MessageDirection, _ worker: WorkerServices) {
        switch direction {
        case .fromClient: if client.hasEnded { client.stream.stopWatching(on: worker.poller) }
        case .fromServer: if server.hasEnded { server.stream.stopWatching(on: worker.poller) }
        }
    }

    // MARK: Memory

    /// Tells the worker what is held now.
    mutating func countHeld(_ worker: WorkerServices) {
        let held = client.heldBytes() + server.heldBytes()
        worker.heldMessageBytes += held - heldBytes
        heldBytes = held
    }

    /// The worker holds too much, and this tunnel the most.
    mutating func relieve(_ worker: WorkerServices) -> Outcome {
        guard state == .open else { return .gone }
        let isClients = client.heldBytes() >= server.heldBytes()
        refuse(.memoryExhausted, from: isClients ? .fromClient : .fromServer, worker)
        return settle(worker)
    }

    // MARK: Ends

    /// Tells both ends why it is over. The one that broke a rule hears which; the other hears
    /// that its peer is gone, in a form that it may be sent (RFC 6455 section 7.4.1).
    mutating func refuse(_ refusal: Refusal, from direction: MessageDirection?, _ worker: WorkerServices) {
        guard state != .refused else { return }
        state = .refused
        context.cancelWaits(worker)
        refusal.count(on: worker.stats)
        worker.log.refusal(refusal, direction, context)
        let toClient = direction == .fromServer ? CloseCode.internalError : refusal.closeCode
        let toServer = direction == .fromServer ? refusal.closeCode : CloseCode.goingAway
        Self.tell(&client, toClient, mask: nil, worker)
        Self.tell(&server, toServer, mask: worker.nextMaskKey(), worker)
        countHeld(worker)
        setDeadline(GatewayLimits.tunnelCloseMilliseconds, worker)
    }

    private static func tell(_ end: inout TunnelEnd, _ code: UInt16, mask: MaskKey?, _ worker: WorkerServices)
    {
        end.held.removeAll(keepingCapacity: false)
        end.unread.removeAll(keepingCapacity: false)
        end.reader?.abandonMessage()
        end.isWaiting = false
        guard !end.isToldToClose, !end.isBroken else { return }
        end.isToldToClose = true
        worker.output.removeAll(keepingCapacity: true)
        FrameWriter.appendClose(code: code, mask: mask, to: &worker.output)
        if case .failed = end.stream.send(worker.output.view, on: worker.poller) { end.isBroken = true }
        if !end.stream.isReading { end.stream.resumeReading(on: worker.poller) }
    }

    /// Passes ends of streams on and finds out whether anything is left to do.
    mutating func settle(_ worker: WorkerServices) -> Outcome {
        guard state != .open else { return .goOn }
        if state == .refused || client.hasEnded && !client.isWaiting { server.shutDownWhenFlushed() }
        if state == .refused || server.hasEnded && !server.isWaiting { client.shutDownWhenFlushed() }
        let isOver =
            client.hasEnded && server.hasEnded && !client.stream.isBlocked && !server.stream.isBlocked
            && !client.isWaiting && !server.isWaiting
        return isOver ? .gone : .goOn
    }

    private static func flush(_ end: inout TunnelEnd, source: inout TunnelEnd, _ worker: WorkerServices) {
        switch end.stream.flush(on: worker.poller) {
        case .blocked: break
        case .failed: end.isBroken = true
        case .sent:
            if !source.hasEnded, !source.isWaiting, !source.stream.isReading {
                source.stream.resumeReading(on: worker.poller)
            }
        }
    }

    /// Traffic moves the idle time-out.
    private mutating func touch(_ worker: WorkerServices) {
        if state == .open { setDeadline(context.idleMilliseconds, worker) }
    }

    private mutating func setDeadline(_ milliseconds: Int, _ worker: WorkerServices) {
        deadline.set(worker.now + milliseconds, token: client.stream.token, on: &worker.wheel)
    }
}
