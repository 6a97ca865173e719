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
    private var inbox = ByteBuffer()
    private var parser = ResponseParser()
    private var head = ResponseHead()
    private var framing: MessageFraming?
    private var decoder = BodyDecoder(.none, limits: HTTPLimits())
    private var body = ByteBuffer()

    /// - Parameters:
    ///   - destination: Index of an upstream, or nil where `address` is given.
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
            do throws(HTTP1Error) {
                try received(worker.window.received(count))
            } catch {
                finish(.failed("sent an invalid response: \(error)"))
            }
        }
    }

    private func received(_ bytes: ByteView) throws(HTTP1Error) {
        guard framing == nil else {
            try readBody(bytes)
            return
        }
        inbox.append(bytes)
        // Taken out while it is parsed: the parser changes the head.
        var received = ByteBuffer()
        swap(&received, &inbox)
        var offset = 0
        while framing == nil {
            guard
                let length = try parser.parse(
                    received.view[offset...], limits: worker.httpLimits, into: &head)
            else {
                inbox.append(received.view[offset...])
                return
            }
            offset += length
            guard !head.isInterim else { continue }
            guard let found = try? MessageFraming.response(&head, to: method), head.status != 101 else {
                finish(.failed("sent a response that nobody can read"))
                return
            }
            framing = found
            decoder = BodyDecoder(found.body, limits: worker.httpLimits)
        }
        try readBody(received.view[offset...])
    }

    private func readBody(_ input: ByteView) throws(HTTP1Error) {
        var offset = 0
        while true {
            switch try decoder.decode(input, from: offset) {
            case .data(let range):
                body.append(input[range])
                offset = range.upperBound
                // More than is looked at: the level is known, the connection is not worth the rest.
                guard body.count <= TargetAnswer.bodyLimit else {
                    framing?.closesAfterwards = true
                    finish(.level(level))
                    return
                }
            case .needsMore: return
            case .end(let consumed):
                if consumed < input.count { framing?.closesAfterwards = true }
                finish(.level(level))
                return
            }
        }
    }

    private var level: RiskLevel {
        let type = head.fields.first(.contentType) ?? .empty
        let isJSON = type.firstRange(of: ByteView("json")) != nil
        return TargetAnswer.level(
            status: head.status, field: head.fields.first(TargetAnswer.fieldName),
            body: isJSON ? body.view : nil)
    }

    private func ended() {
        if framing?.body == .untilClose {
            finish(.level(level))
        } else if framing != nil {
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
        inbox.removeAll(keepingCapacity: true)
        parser = ResponseParser()
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
        guard keepsConnection, let framing, !framing.closesAfterwards, framing.body != .untilClose,
            connection.stream?.isBlocked == false, let index = connection.origin.upstream,
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
