// What a tunnel remembers of its handshake.

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
    var context: MessageContext?
    var identifier: ByteText
}

/// The part of a tunnel that outlives generations: where it belongs, and its messages' context.
final class TunnelContext {
    private(set) var route: Route
    /// Number of the generation that `route` is of.
    private(set) var generation: UInt64
    /// What its rules read; the tunnel holds on to it until it is routed again.
    private var pinned: ActiveGeneration
    private let listener: ListenAddress
    private let host: ByteText
    private let path: ByteText
    let deflate: DeflateParameters?
    let subprotocol: ByteText
    private(set) var messages: MessageContext?
    let identifier: ByteText
    /// Messages so far, each direction counted by itself.
    var messagesFromClient = 0
    var messagesFromServer = 0
    /// What is asked of each message; worked out once a route.
    private(set) var checks: MessageChecks

    init(_ opening: TunnelOpening) {
        route = opening.route
        generation = opening.generation.number
        pinned = opening.generation
        listener = opening.listener
        host = opening.host
        path = opening.path
        deflate = opening.deflate
        subprotocol = opening.subprotocol
        messages = opening.context
        identifier = opening.identifier
        checks = MessageChecks(opening.route, hasContext: opening.context != nil)
    }

    var settings: LocationSettings { route.settings }

    var limits: MessageLimits {
        MessageLimits(maxFrameBytes: settings.maxFrameBytes, maxMessageBytes: settings.maxMessageBytes)
    }

    /// A reader for the frames of one end.
    func reader(of sender: MessageReader.Sender) -> MessageReader {
        MessageReader(
            sender: sender, limits: limits,
            deflate: sender == .client ? deflate?.fromClient : deflate?.fromServer, wantsPayload: checks.hasRules)
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
        checks = MessageChecks(found, hasContext: messages != nil)
        return true
    }

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
