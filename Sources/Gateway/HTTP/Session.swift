// A client's HTTP/1.1 connection: reads heads, gives each request to the exchange, writes what
// the exchange answers, and goes on with the next request.

internal import Bytes
internal import HTTP1
internal import HTTPMessage
internal import Metrics
internal import Posix
internal import Transport

/// One accepted connection until it is closed or becomes a tunnel.
final class Session {
    enum State: Equatable {
        /// Waiting for a request, or in the middle of its head.
        case readingHead
        /// A request is being judged, forwarded or answered.
        case exchanging
        /// Answered for the last time; what the client still sends is thrown away, so that the
        /// answer is not lost to a reset (RFC 9112 section 9.6).
        case lingering(discardedBytes: Int)
        case closed
    }

    let worker: WorkerServices
    let client: ClientAddress
    var handle = SlotHandle(index: 0, generation: 0)
    /// nil once a tunnel has taken it over.
    var stream: SocketStream?
    var state = State.readingHead
    /// Received, but not its turn yet.
    var inbox = ByteBuffer()
    var head = RequestHead()
    var parser = RequestParser()
    let exchange: Exchange
    var deadline = ConnectionDeadline()
    var answeredRequests = 0
    /// Connections of this worker before this one, and one.
    let number: Int
    /// An inquiry that nobody waited for has found a request of the connection urgent.
    var isCondemned = false
    /// Set while `consume` runs, so that an exchange that ends meanwhile does not start it again.
    var isConsuming = false
    /// The client has sent its last byte, and is still owed part of an answer.
    var hasClientEnded = false

    init(worker: WorkerServices, client: ClientAddress) {
        self.worker = worker
        self.client = client
        number = worker.nextConnectionNumber()
        exchange = Exchange(worker: worker)
        exchange.session = self
    }

    /// Nothing has been received that is not answered.
    var isIdle: Bool { state == .readingHead && inbox.isEmpty }

    var token: EventToken { ConnectionKind.session.token(handle) }

    func setDeadline(milliseconds: Int) {
        deadline.set(worker.now + milliseconds, token: token, on: &worker.wheel)
    }

    // MARK: Events

    func ready(_ event: Readiness) {
        if event.isBroken {
            close()
            return
        }
        if event.isWritable { flushed() }
        if event.isReadable, state != .closed { readable() }
    }

    func timerFired() {
        guard deadline.fired(now: worker.now, token: token, on: &worker.wheel) else { return }
        switch state {
        case .readingHead: headTimedOut()
        case .exchanging: exchange.timedOut()
        case .lingering: close()
        case .closed: break
        }
    }

    // MARK: Output

    /// Sends bytes of an answer.
    ///
    /// - Returns: false when the connection is gone; it has been closed then.
    func send(_ first: ByteView, _ second: ByteView = .empty) -> Bool {
        guard stream != nil else { return false }
        worker.stats.add(.clientBytesSent, first.count + second.count)
        exchange.tally.sentBytes += first.count + second.count
        switch stream!.send(first, second, on: worker.poller) {
        case .sent, .blocked: return true
        case .failed:
            close()
            return false
        }
    }

    var isBlocked: Bool { stream?.isBlocked ?? false }

    private func flushed() {
        guard stream != nil else { return }
        switch stream!.flush(on: worker.poller) {
        case .blocked:
            switch state {
            case .exchanging: exchange.clientProgressed()
            case .readingHead, .lingering: setDeadline(milliseconds: exchange.sendMilliseconds)
            case .closed: break
            }
        case .failed: close()
        case .sent:
            if hasClientEnded {
                close()
                return
            }
            switch state {
            case .exchanging: exchange.clientDrained()
            case .lingering:
                setDeadline(milliseconds: GatewayLimits.lingerMilliseconds)
                finishSending()
            case .readingHead:
                setDeadline(milliseconds: exchange.keepAliveMilliseconds)
                if stream?.isReading == false { stream!.resumeReading(on: worker.poller) }
                drainInbox()
            case .closed: break
            }
        }
    }

    // MARK: Ends

    /// The exchange is over and its answer handed to the socket.
    func exchangeEnded(keepsAlive: Bool) {
        guard state == .exchanging else { return }
        answeredRequests += 1
        guard keepsAlive, !worker.isDraining, exchange.keepAliveMilliseconds > 0 else {
            linger()
            return
        }
        state = .readingHead
        parser = RequestParser()
        setDeadline(milliseconds: isBlocked ? exchange.sendMilliseconds : exchange.keepAliveMilliseconds)
        if stream?.isReading == false, !isBlocked { stream!.resumeReading(on: worker.poller) }
        if !isConsuming { drainInbox() }
    }

    /// Stops sending once everything has left, and waits for the client to close.
    func linger() {
        state = .lingering(discardedBytes: 0)
        inbox.removeAll(keepingCapacity: false)
        // The time to wait for the client's end begins when it has been sent everything.
        setDeadline(milliseconds: isBlocked ? exchange.sendMilliseconds : GatewayLimits.lingerMilliseconds)
        if stream?.isReading == false { stream!.resumeReading(on: worker.poller) }
        if !isBlocked { finishSending() }
    }

    /// Lets go of everything at once.
    func close() {
        guard state != .closed else { return }
        state = .closed
        exchange.abandon()
        stream = nil
        worker.stats.add(.connectionsOpen, -1)
        _ = worker.tables.sessions.remove(handle)
    }

    private func finishSending() {
        guard let number = stream?.number else { return }
        StreamSocket.shutdownSending(number)
    }
}
