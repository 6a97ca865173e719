// A client's opening handshake. RFC 6455 section 4.2.1.

package import Bytes

/// A valid request for WebSocket. Owns its bytes: the head is gone when the answer comes.
package struct UpgradeRequest: Equatable, Sendable {
    /// The verdict on a request's head.
    package enum Verdict: Equatable, Sendable {
        /// No request for WebSocket; its `Upgrade`, if any, must not be sent on.
        case notWebSocket
        case accepted(UpgradeRequest)
        case refused(UpgradeRefusal)
    }

    /// The base64 text of `Sec-WebSocket-Key`.
    package var key: [UInt8]
    /// Names in `Sec-WebSocket-Protocol`, in order of preference.
    package var subprotocols: [[UInt8]]
    /// The part of `Sec-WebSocket-Extensions` to send on; assign an empty offer to strip it.
    package var offer: DeflateOffer

    /// Judges a request.
    ///
    /// - Parameter isHTTP11: Version 1.1; older ones can not upgrade (RFC 9110 section 7.8).
    /// - Parameter hasBody: Whether the request announces a body, even an empty chunked one.
    package static func judge(
        method: ByteView, isHTTP11: Bool, hasBody: Bool, fields: HandshakeFields
    ) -> Verdict {
        guard isHTTP11, HandshakeFields.contains("websocket", in: fields.upgrade) else {
            return .notWebSocket
        }
        do {
            return .accepted(try UpgradeRequest(method: method, hasBody: hasBody, fields: fields))
        } catch {
            return .refused(error)
        }
    }

    private init(method: ByteView, hasBody: Bool, fields: HandshakeFields) throws(UpgradeRefusal) {
        guard method.equals("GET") else { throw .methodNotGet }
        guard !hasBody else { throw .hasBody }
        guard HandshakeFields.contains("upgrade", in: fields.connection) else {
            throw .connectionLacksUpgrade
        }
        guard fields.version.count <= 1 else { throw .versionRepeated }
        guard let version = fields.version.first, version.equals("13") else { throw .versionNotSupported }
        guard fields.key.count <= 1 else { throw .keyRepeated }
        guard let key = fields.key.first else { throw .keyMissing }
        guard Self.isKey(key) else { throw .keyInvalid }
        self.key = key.array
        subprotocols = try Self.readSubprotocols(fields.subprotocols)
        do { offer = try DeflateOffer(fieldValues: fields.extensions) } catch {
            throw .extensionsMalformed(error)
        }
    }

    /// Whether `text` is the base64 code of 16 bytes.
    private static func isKey(_ text: ByteView) -> Bool {
        guard text.count == Base64.encodedCount(of: 16) else { return false }
        var decoded = ByteBuffer()
        return Base64.decode(text, into: &decoded) && decoded.count == 16
    }

    /// Non-empty, distinct tokens (RFC 6455 section 4.1, item 10).
    private static func readSubprotocols(_ values: [ByteView]) throws(UpgradeRefusal) -> [[UInt8]] {
        var names: [[UInt8]] = []
        for value in values {
            for name in HandshakeFields.elements(of: value) {
                let copy = name.array
                guard HandshakeFields.isToken(name), !names.contains(copy) else {
                    throw .subprotocolsMalformed
                }
                names.append(copy)
            }
        }
        guard values.isEmpty || !names.isEmpty else { throw .subprotocolsMalformed }
        return names
    }

    /// Appends the value of `Sec-WebSocket-Accept` that answers this request.
    package func writeAccept(to output: inout ByteBuffer) { Self.writeAccept(forKey: key, to: &output) }

    /// The base64 code of SHA-1 over key and GUID (RFC 6455 section 4.2.2, item 5.4).
    static func writeAccept(forKey key: [UInt8], to output: inout ByteBuffer) {
        var text = ByteBuffer()
        text.append(contentsOf: key)
        text.append("258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
        let digest = SHA1.digest(of: text.view)
        text.removeAll(keepingCapacity: true)
        for index in digest.indices { text.append(digest[index]) }
        Base64.encode(text.view, into: &output)
    }
}
