// A copy of a request on its way to a target, and the answer that comes back.
//
//     opened -> sent -> head -> body -> level
//
// A server that can not be reached or breaks off before its head gives way to the next one of the
// upstream. An inquiry ends exactly once, with a level or a reason, and lets go of its connection then.

internal import Bytes
internal import HTTP1
internal import HTTPMessage
internal import Metrics
internal import Posix
internal import RemoteInspection
internal import RuleStore
internal import Transport

/// One inquiry. Kept alive by its connection; whoever waits for it may give it up with `cancel`.
final class Inquiry {
    enum Outcome: Equatable {
        case level(RiskLevel)
        case failed(String)
        case timedOut
    }

    private let worker: WorkerServices
    private let set: UpstreamSet
    /// nil: an address that came from variables.
    private let upstream: Int?
    private let method: RequestMethod
    /// Head and body of the copy.
    private let copy: ByteBuffer
    private let keepsConnection: Bool
    /// When the answer must be there; milliseconds of the monotonic clock.
    private let deadlineTime: Int
    private var deadline = ConnectionDeadline()
    private let whenDone: (Outcome) -> Void
    private var isOver = false

    private var connection: UpstreamConnection?
    private var tried: Set<Int> = []
    private var answer: AnswerReader

    /// - Parameters:
    ///   - upstream: Its index, or nil where an address is given to `start`.
    ///   - copy: Sent as it is.
    ///   - whenDone: Called once, unless `start` says why not; possibly before it returns.
    init(
        worker: WorkerServices, set: UpstreamSet, upstream: Int?, method: RequestMethod,
        copy: consuming ByteBuffer,
        keepsConnection: Bool, timeoutMilliseconds: Int, whenDone: @escaping (Outcome) -> Void
    ) {
        self.worker = worker
        self.set = set
        self.upstream = upstream
        self.method = method
        self.copy = copy
        self.keepsConnection = keepsConnection
        answer = AnswerReader(method: method, limits: worker.httpLimits)
        deadlineTime = worker.now + timeoutMilliseconds
        self.whenDone = whenDone
    }

    /// Opens or takes a connection.
    ///
    /// - Returns: nil when it is under way, else why nobody can be asked; `whenDone` is not called then.
    func start(at address: SocketAddress?) -> String? {
        if let address { return open(address, UpstreamServer(upstream: nil, server: 0)) }
        return connectToNext(mayReuse: true)
    }

    /// Nobody waits any more.
    func cancel() {
        isOver = true
        letGo()
    }

    // MARK: Connecting

    private func connectToNext(mayReuse: Bool) -> String? {
        guard let upstream else { return "its address does not answer" }
        while let server = set.chooseServer(of: upstream, excluding: tried, now: worker.now) {
            if mayReuse, let handle = set.takeIdle(server: server, of: upstream),
                let kept = worker.tables.upstream(handle)
            {
                kept.isReused = true
                own(kept)
                send()
                return nil
            }
            guard let address = set.address(of: server, in: upstream) else {
                return "an upstream has no address"
            }
            guard let reason = open(address, UpstreamServer(upstream: upstream, server: server)) else {
                return nil
            }
            tried.insert(server)
            set.failed(server, of: upstream, now: worker.now)
            if set.chooseServer(of: upstream, excluding: tried, now: worker.now) == nil { return reason }
        }
        return "no server of its upstream can be used"
    }

    private func open(_ address: SocketAddress, _ origin: UpstreamServer) -> String? {
        do {
            let opened = try worker.openUpstream(address, origin, set)
            own(opened)
            if !opened.isConnecting { send() }
            return nil
        } catch {
            return "could not connect (errno \(error.code))"
        }
    }

    private func own(_ connection: UpstreamConnection) {
        self.connection = connection
        connection.inquiry = self
        deadline = ConnectionDeadline()
        deadline.set(deadlineTime, token: ConnectionKind.upstream.token(connection.handle), on: &worker.wheel)
    }

    private func send() {
        guard let connection, connection.stream != nil else { return }
        worker.stats.add(.upstreamBytesSent, copy.count)
        if case .failed = connection.stream!.send(copy.view, .empty, on: worker.poller) {
            attemptFailed("broke off while it was asked")
        }
    }

    // MARK: Events

    func ready(_ event: Readiness) {
        guard let connection, let number = connection.stream?.number else { return }
        if connection.isConnecting {
            let code = StreamSocket.connectionError(number)
            guard code == 0 else {
                attemptFailed("could not connect (errno \(code))")
                return
            }
            connection.isConnecting = false
            connection.stream!.watchForReading(on: worker.poller)
            send()
            return
        }
        // What is refused of the copy is seen when the answer fails to come.
        if event.isWritable { _ = connection.stream!.flush(on: worker.poller) }
        if event.isReadable || event.isBroken { receive(number) }
    }

    func timerFired() {
        guard let connection else { return }
        let token = ConnectionKind.upstream.token(connection.handle)
        guard deadline.fired(now: worker.now, token: token, on: &worker.wheel) else { return }
        finish(.timedOut)
    }

    private func receive(_ number: Int32) {
        switch worker.window.receive(from: number) {
        case .wouldBlock: return
        case .failed, .endOfStream: ended()
        case .moved(let count):
            worker.stats.add(.upstreamBytesReceived, count)
            take(worker.window.received(count))
        }
    }

    private func take(_ bytes: ByteView) {
        do throws(HTTP1Error) {
            switch try answer.take(bytes) {
            case .needsMore: return
            case .level(let level): finish(.level(level))
            case .unreadable: finish(.failed("sent a response that nobody can read"))
            }
        } catch {
            finish(.failed("sent an invalid response: \(error)"))
        }
    }

    private func ended() {
        if let level = answer.levelAtEnd() {
            finish(.level(level))
        } else if answer.hasHead {
            finish(.failed("closed the connection in the middle of its answer"))
        } else {
            attemptFailed("closed the connection before it answered")
        }
    }

    // MARK: Ends

    private func attemptFailed(_ reason: String) {
        guard let connection else { return }
        let origin = connection.origin
        let wasReused = connection.isReused
        letGo()
        answer = AnswerReader(method: method, limits: worker.httpLimits)
        if let index = origin.upstream, !wasReused {
            tried.insert(origin.server)
            set.failed(origin.server, of: index, now: worker.now)
        }
        guard origin.upstream != nil, connectToNext(mayReuse: false) == nil else {
            finish(.failed(reason))
            return
        }
    }

    private func finish(_ outcome: Outcome) {
        guard !isOver else { return }
        isOver = true
        if case .level = outcome { release() } else { fail() }
        whenDone(outcome)
    }

    private func fail() {
        if let origin = connection?.origin, let index = origin.upstream {
            set.failed(origin.server, of: index, now: worker.now)
        }
        letGo()
    }

    private func letGo() {
        guard let connection else { return }
        self.connection = nil
        connection.inquiry = nil
        worker.closeUpstream(connection)
    }

    /// Answered: the connection goes back to the pool if it may.
    private func release() {
        guard let connection else { return }
        if let index = connection.origin.upstream { set.succeeded(connection.origin.server, of: index) }
        guard keepsConnection, answer.mayReuse, connection.stream?.isBlocked == false,
            let index = connection.origin.upstream,
            set === worker.generation.upstreams
        else {
            letGo()
            return
        }
        self.connection = nil
        connection.inquiry = nil
        if let surplus = set.keepIdle(connection.handle, server: connection.origin.server, of: index),
            let closing = worker.tables.upstream(surplus)
        {
            worker.closeUpstream(closing)
        }
    }
}
