// What all connections of a worker share: the loop's means, scratch memory, counters, the log,
// and the generation in use. No decisions are taken here.

internal import Automata
internal import BodyFormats
internal import Bytes
internal import HTTP1
internal import Inspection
internal import Journal
internal import Metrics
internal import Posix
internal import RuleStore
internal import Transport
internal import WebSocket

/// The means of one worker. One thread, so nothing here is locked.
final class WorkerServices {
    let poller: Poller
    let window = ReceiveWindow()
    var wheel: TimerWheel
    let tables = ConnectionTables()
    let stats: StatsRow
    let log: WorkerLog
    /// To the files of access and audit logs, by way of the master.
    var lines: LineRingWriter
    let matcher: PatternMatcher
    let transactions: TransactionPool
    let dictionaries: DictionarySet
    let httpLimits = HTTPLimits()
    /// What new requests and messages begin on.
    var generation: ActiveGeneration
    /// No more connections are taken, and open ones end with their exchange.
    var isDraining = false

    /// Milliseconds of the monotonic clock, read once a turn of the loop.
    private(set) var now: Int
    /// Seconds since 1970, read with `now`.
    private(set) var secondsSinceEpoch: Int
    private var localOffsetSeconds = 0
    private var hasLocalOffset = false
    var date = HTTPDate()
    var identifiers = TransactionIdentifiers()
    private var connections = 0
    private var random = SystemRandomNumberGenerator()

    /// For a head or a frame that is put together and sent before the next event.
    var output = ByteBuffer()
    /// For one field's value.
    var fieldScratch = ByteBuffer()
    var pathScratch = ByteBuffer()
    var messageScratch = MessageScratch()
    /// For an audit entry, an access log's line and one value of that.
    var entry = JSONWriter()
    var accessLine = ByteBuffer()
    var logValue = ByteBuffer()
    var messageDecoder = MessageDecoder()
    /// Memory of all tunnels for messages that wait for their end.
    var heldMessageBytes = 0

    init(
        poller: Poller, stats: consuming StatsRow, log: WorkerLog, lines: consuming LineRingWriter,
        dictionaries: DictionarySet,
        generation: ActiveGeneration
    ) {
        self.poller = poller
        self.stats = stats
        self.log = log
        self.lines = lines
        self.generation = generation
        matcher = PatternMatcher()
        self.dictionaries = dictionaries
        transactions = TransactionPool(matcher: matcher, records: dictionaries.collections)
        now = Int(MonotonicClock.milliseconds())
        secondsSinceEpoch = WallClock.coarseSeconds
        wheel = TimerWheel(now: now)
    }

    var evaluations: EvaluationDesk { transactions.evaluations }

    func countResponse(status: Int) {
        if let counter = Counter.responses(status: status) { stats.add(counter) }
    }

    func readClocks() {
        now = Int(MonotonicClock.milliseconds())
        let milliseconds = Int(clamping: WallClock.milliseconds)
        let seconds = milliseconds / 1_000
        // Time zones change at quarters of an hour.
        if seconds / 900 != secondsSinceEpoch / 900 || !hasLocalOffset {
            localOffsetSeconds = WallClock.localOffsetSeconds(seconds)
            hasLocalOffset = true
        }
        secondsSinceEpoch = seconds
        transactions.setClock(
            EngineClock(unixMicroseconds: milliseconds * 1_000, localOffsetSeconds: localOffsetSeconds))
    }

    func nextConnectionNumber() -> Int {
        connections += 1
        return connections
    }

    /// A key for a frame of the gateway's own towards a server: unpredictable (RFC 6455 section 10.3).
    func nextMaskKey() -> MaskKey { MaskKey(word: random.next()) }

    // MARK: Upstream connections

    /// Begins a connection and puts it into the table and on the poller.
    func openUpstream(
        _ address: SocketAddress, _ origin: UpstreamServer, _ set: UpstreamSet
    ) throws(SystemError) -> UpstreamConnection {
        let connection = UpstreamConnection(origin: origin, set: set, isConnecting: false)
        let handle = tables.upstreams.insert(connection)
        connection.handle = handle
        let token = ConnectionKind.upstream.token(handle)
        do {
            switch try StreamSocket.connect(to: address) {
            case .connected(let socket):
                connection.stream = try SocketStream(socket, token: token, on: poller)
            case .pending(let socket):
                connection.isConnecting = true
                connection.stream = try SocketStream(
                    socket, token: token, interest: [.read, .write], on: poller)
            }
        } catch {
            _ = tables.upstreams.remove(handle)
            throw error
        }
        return connection
    }

    func closeUpstream(_ connection: UpstreamConnection) {
        connection.exchange = nil
        connection.inquiry = nil
        connection.stream = nil
        _ = tables.upstreams.remove(connection.handle)
    }

    /// An idle connection has something to say: its server has closed it.
    func closeIdleUpstream(_ connection: UpstreamConnection) {
        if let index = connection.origin.upstream { connection.set.forgetIdle(connection.handle, of: index) }
        closeUpstream(connection)
    }

    // MARK: Tunnels

    /// Turns a session and its upstream connection into a tunnel. Both are gone afterwards.
    func openTunnel(session: Session, exchange: Exchange, _ opening: TunnelOpening, firstFrames: ByteView) {
        guard let connection = exchange.upstream.connection, let clientStream = session.stream.take(),
            let serverStream = connection.stream.take()
        else {
            session.close()
            return
        }
        let early = ByteText(session.inbox.view)
        exchange.upstream.connection = nil
        closeUpstream(connection)
        session.close()
        let context = TunnelContext(opening)
        let isBlind = opening.route.settings.webSocketInspection == .off
        let handle = tables.tunnels.insert(
            Tunnel(
                client: TunnelEnd(clientStream, reader: isBlind ? nil : context.reader(of: .client)),
                server: TunnelEnd(serverStream, reader: isBlind ? nil : context.reader(of: .server)),
                context: context))
        stats.add(.webSocketConnections)
        stats.add(.webSocketConnectionsOpen)
        let outcome = tables.tunnels.with(handle) { tunnel in
            guard tunnel.attach(handle, self) else { return Tunnel.Outcome.gone }
            return tunnel.begin(fromClient: early.view, fromServer: firstFrames, self)
        }
        if outcome != .goOn { closeTunnel(handle) }
    }

    /// Ends the tunnels that hold most, until what is held is within `waf_websocket_memory` again.
    func relieveMessageMemory() {
        while heldMessageBytes > generation.policy.webSocketMemoryBytes {
            var largest: (handle: SlotHandle, bytes: Int)?
            for handle in tables.tunnels.handles {
                let bytes = tables.tunnels.with(handle) { $0.heldBytes } ?? 0
                if bytes > largest?.bytes ?? 0 { largest = (handle, bytes) }
            }
            guard let largest else { return }
            if tables.tunnels.with(largest.handle, { $0.relieve(self) }) != .goOn {
                closeTunnel(largest.handle)
            }
        }
    }

    func closeTunnel(_ handle: SlotHandle) {
        heldMessageBytes -= tables.tunnels.with(handle) { tunnel in
            tunnel.context.cancelWaits(self)
            return tunnel.heldBytes
        } ?? 0
        guard tables.tunnels.remove(handle) != nil else { return }
        stats.add(.webSocketConnectionsOpen, -1)
    }
}
