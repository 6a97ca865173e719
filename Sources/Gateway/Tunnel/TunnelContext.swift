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
    var host: [UInt8]
    /// Decoded and normalised.
    var path: [UInt8]
    var deflate: DeflateParameters?
    var subprotocol: [UInt8]
    var context: MessageContext?
    var identifier: [UInt8]
}

/// The part of a tunnel that outlives generations: where it belongs, and its messages' context.
final class TunnelContext {
    private(set) var route: Route
    /// Number of the generation that `route` is of.
    private(set) var generation: UInt64
    /// What its rules read; the tunnel holds on to it until it is routed again.
    private var pinned: ActiveGeneration
    private let listener: ListenAddress
    private let host: [UInt8]
    private let path: [UInt8]
    let deflate: DeflateParameters?
    let subprotocol: [UInt8]
    let messages: MessageContext?
    let identifier: [UInt8]
    /// Messages so far, each direction counted by itself from 1.
    var messagesFromClient = 0
    var messagesFromServer = 0

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
    }

    var settings: LocationSettings { route.settings }

    var limits: MessageLimits {
        MessageLimits(maxFrameBytes: settings.maxFrameBytes, maxMessageBytes: settings.maxMessageBytes)
    }

    /// Whether rules look at the messages.
    var hasRules: Bool { settings.webSocketInspection != .off && route.requestRules != nil && messages != nil }

    /// Routes the tunnel again by its handshake when another generation is active.
    ///
    /// - Returns: false when the new generation has no place for it.
    func follow(_ active: ActiveGeneration, worker: WorkerServices) -> Bool {
        guard active.number != generation else { return true }
        generation = active.number
        pinned = active
        let found: Route? = unsafe host.withUnsafeBytes { host in
            guard let server = unsafe active.routes.server(listener: listener, host: ByteView(unowned: host))
            else { return nil }
            return unsafe path.withUnsafeBytes { path in
                unsafe active.routes.route(
                    server: server, path: ByteView(unowned: path), matcher: worker.matcher
                ).route
            }
        }
        guard let found, found.settings.proxy != nil else { return false }
        route = found
        return true
    }
}
