// A server's answer to the opening handshake. RFC 6455 section 4.1, last list.

internal import Bytes

/// What a valid answer 101 settled.
package struct UpgradeResponse: Equatable, Sendable {
    /// One of those the client offered, nil when the server chose none.
    package var subprotocol: [UInt8]?
    /// nil: no compression.
    package var deflate: DeflateParameters?

    /// Checks the fields of an answer with status 101; any other status is an ordinary answer.
    ///
    /// - Parameter request: The request as it was sent on, with the offer that was sent on.
    package init(answering request: UpgradeRequest, fields: HandshakeFields) throws(UpgradeResponseError) {
        guard HandshakeFields.contains("websocket", in: fields.upgrade) else { throw .upgradeMissing }
        guard HandshakeFields.contains("upgrade", in: fields.connection) else {
            throw .connectionLacksUpgrade
        }
        guard fields.accept.count <= 1 else { throw .acceptRepeated }
        guard let accept = fields.accept.first else { throw .acceptMissing }
        var expected = ByteBuffer()
        request.writeAccept(to: &expected)
        guard accept == expected.view else { throw .acceptWrong }
        guard fields.subprotocols.count <= 1 else { throw .subprotocolRepeated }
        if let chosen = fields.subprotocols.first {
            let name = chosen.array
            guard request.subprotocols.contains(name) else { throw .subprotocolNotOffered }
            subprotocol = name
        }
        deflate = try request.offer.parameters(answeredBy: fields.extensions)
    }
}
