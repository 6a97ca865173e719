// A WebSocket handshake between its request and its answer.

internal import Bytes
internal import HTTP1
internal import HTTPMessage
internal import RuleStore
internal import WebSocket

/// The request's half of a handshake, as it was sent on.
struct PendingHandshake {
    let request: UpgradeRequest
    /// Whether each message is to be compressed by itself, in both directions: one that is taken out
    /// would leave a hole in what later ones refer to (RFC 7692 section 7.1.1).
    let resetsContexts: Bool
    /// Whether fewer subprotocols are sent on than were offered.
    let filtersSubprotocols: Bool

    /// - Parameter settings: What the request's location says of deflate and of subprotocols.
    init(_ request: UpgradeRequest, _ settings: LocationSettings) {
        var request = request
        let policy = settings.messages
        if !settings.allowsDeflate { request.offer = DeflateOffer() }
        resetsContexts = policy.denial == .drop && settings.webSocketInspection == .on
        // The server has to do as it is asked; the client is told in the answer.
        if resetsContexts {
            for index in request.offer.elements.indices {
                request.offer.elements[index].serverResetsContext = true
            }
        }
        let offered = request.subprotocols.count
        if !policy.subprotocols.isEmpty, settings.webSocketInspection == .on {
            request.subprotocols.removeAll { name in
                !policy.subprotocols.contains { $0.utf8.elementsEqual(name) }
            }
        }
        filtersSubprotocols = request.subprotocols.count < offered
        self.request = request
    }

    /// Fields of the request that are written here.
    var rewrittenFields: KnownFieldSet {
        filtersSubprotocols
            ? KnownFieldSet(.secWebSocketExtensions, .secWebSocketProtocol)
            : KnownFieldSet(.secWebSocketExtensions)
    }

    /// Upgrade and the extensions that can be read here; Connection is written by the head's writer.
    func appendFields(to output: inout ByteBuffer) {
        HeadWriter.appendField("Upgrade", "websocket", to: &output)
        if filtersSubprotocols, !request.subprotocols.isEmpty {
            output.append("Sec-WebSocket-Protocol: ")
            for (index, name) in request.subprotocols.enumerated() {
                if index > 0 { output.append(", ") }
                output.append(contentsOf: name)
            }
            output.append("\r\n")
        }
        guard !request.offer.isEmpty else { return }
        output.append("Sec-WebSocket-Extensions: ")
        request.offer.write(to: &output)
        output.append("\r\n")
    }

    /// The server's answer to the offer of extensions, with what the client has to be asked for.
    ///
    /// - Parameter answer: The fields of the answer, of which one accepts permessage-deflate.
    func appendExtensions(answer: HandshakeFields, to output: inout ByteBuffer) {
        output.append("Sec-WebSocket-Extensions: ")
        answer.appendExtensions(to: &output)
        output.append("; client_no_context_takeover\r\n")
    }

    /// The handshake's fields of a head.
    static func fields(of head: borrowing HeaderFields) -> HandshakeFields {
        var fields = HandshakeFields()
        for index in head.indices { fields.add(name: head.name(index), value: head.value(index)) }
        return fields
    }
}
