// What a tunnel remembers of its handshake.

internal import BodyFormats
internal import Bytes
internal import HTTPMessage
internal import Inspection
internal import RuleStore
internal import WebSocket

/// What is known when a handshake has succeeded.
struct TunnelOpening {
    var route: Route
    var generation: ActiveGeneration
    var listener: ListenAddress
    /// As the client sent it, port included.
    var host: ByteText
    /// Decoded and normalised.
    var path: ByteText
    var deflate: DeflateParameters?
    /// Empty where none was agreed on.
    var subprotocol: ByteText
    var declared: DeclaredFormat
    var context: MessageContext?
    var identifier: ByteText
    /// The client's address.
    var client: ByteText
    /// Since 1970.
    var openedSeconds: Int
    /// Who else is asked about messages; nil: nobody.
    var target: MessageTarget?
}

/// The part of a tunnel that outlives generations: where it belongs, and its messages' context.
final class TunnelContext {
    private(set) var route: Route
    /// Number of the generation that `route` is of.
    private(set) var generation: UInt64
    /// What its rules read; the tunnel holds on to it until it is routed again.
    private var pinned: ActiveGeneration
    /// Its place in the worker's table.
    var handle = SlotHandle(index: 0, generation: 0)
    let messageTarget: MessageTarget?
    /// What messages wait for, at most one a direction.
    private var waitFromClient: (any PendingVerdict)?
    private var waitFromServer: (any PendingVerdict)?
    private let listener: ListenAddress
    let host: ByteText
    let path: ByteText
    let deflate: DeflateParameters?
    let subprotocol: ByteText
    private let declared: DeclaredFormat
    private(set) var messages: MessageContext?
    let identifier: ByteText
    let client: ByteText
    let openedSeconds: Int
    /// Messages so far, each direction counted by itself.
    var messagesFromClient = 0
    var messagesFromServer = 0
    /// Received, frames and all.
    var bytesFromClient = 0
    var bytesFromServer = 0
    /// nil until a message is counted against the route's rates.
    private var rates: MessageRates?
    /// The second in which a violation was last noted that is not enforced.
    private var notedSecond = 0
    /// What is asked of each message; worked out once a route.
    private(set) var checks: MessageChecks

    init(_ opening: TunnelOpening) {
        route = opening.route
        generation = opening.generation.number
        pinned = opening.generation
        messageTarget = opening.target
        listener = opening.listener
        host = opening.host
        path = opening.path
        deflate = opening.deflate
        subprotocol = opening.subprotocol
        declared = opening.declared
        messages = opening.context
        identifier = opening.identifier
        client = opening.client
        openedSeconds = opening.openedSeconds
        checks = MessageChecks(opening.route, declared: opening.declared, hasContext: opening.context != nil)
    }

    var settings: LocationSettings { route.settings }
    /// That of `route`.
    var activeGeneration: ActiveGeneration { pinned }

    func setWait(_ wait: any PendingVerdict, _ direction: MessageDirection) {
        switch direction {
        case .fromClient: waitFromClient = wait
        case .fromServer: waitFromServer = wait
        }
    }

    /// Ends the wait of a direction, if it is this one.
    func takeWait(_ direction: MessageDirection, if wait: any PendingVerdict) -> Bool {
        switch direction {
        case .fromClient:
            guard waitFromClient === wait else { return false }
            waitFromClient = nil
        case .fromServer:
            guard waitFromServer === wait else { return false }
            waitFromServer = nil
        }
        return true
    }

    var waits: [any PendingVerdict] { [waitFromClient, waitFromServer].compactMap { $0 } }

    /// The tunnel ends: no verdict is of use any more.
    func cancelWaits(_ worker: WorkerServices) {
        waitFromClient?.cancel(worker)
        waitFromServer?.cancel(worker)
        waitFromClient = nil
        waitFromServer = nil
    }

    var limits: MessageLimits {
        MessageLimits(
            maxFrameBytes: settings.maxFrameBytes, maxMessageBytes: settings.maxMessageBytes,
            maxFragments: settings.messages.maxFragments)
    }

    /// A reader for the frames of one end.
    func reader(of sender: MessageReader.Sender) -> MessageReader {
        MessageReader(
            sender: sender, limits: limits,
            deflate: sender == .client ? deflate?.fromClient : deflate?.fromServer,
            wantsPayload: checks.needsPayload)
    }

    /// Routes the tunnel again by its handshake when another generation is active.
    ///
    /// - Returns: false when the new generation has no place for it.
    func follow(_ worker: WorkerServices) -> Bool {
        let active = worker.generation
        generation = active.number
        pinned = active
        guard let server = active.routes.server(listener: listener, host: host.view) else { return false }
        let found = active.routes.route(server: server, path: path.view, matcher: worker.matcher).route
        guard found.settings.proxy != nil else { return false }
        route = found
        if messages == nil, route.requestRules != nil { messages = makeContext(worker) }
        checks = MessageChecks(found, declared: declared, hasContext: messages != nil)
        rates = nil
        return true
    }

    /// What is left of the rates that the route grants.
    func rates(_ worker: WorkerServices) -> MessageRates {
        if let rates { return rates }
        let made = MessageRates(settings.messages, now: worker.now)
        rates = made
        return made
    }

    /// Whether each message of a direction is compressed by itself.
    func resetsContext(_ direction: MessageDirection) -> Bool {
        guard let deflate else { return true }
        return direction == .fromClient ? deflate.fromClient.resetsContext : deflate.fromServer.resetsContext
    }

    /// Of violations that are not enforced one a second is logged.
    func mayNote(at second: Int) -> Bool {
        guard second != notedSecond else { return false }
        notedSecond = second
        return true
    }

    /// How long the connection may be silent.
    var idleMilliseconds: Int { settings.messages.idleMilliseconds ?? settings.readTimeoutMilliseconds }

    /// The context of a handshake that no rules looked at: what the tunnel still knows of it.
    private func makeContext(_ worker: WorkerServices) -> MessageContext {
        let transaction = worker.transactions.take()
        defer { worker.transactions.give(back: transaction) }
        transaction.setRequestLine(
            line: .empty, method: ByteView("GET"), target: path.view, protocolText: ByteView("HTTP/1.1"))
        transaction.addRequestHeader(name: ByteView("Host"), value: host.view)
        return transaction.makeMessageContext()
    }
}
