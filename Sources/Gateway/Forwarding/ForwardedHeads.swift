// The heads that leave: the request's towards the upstream, the response's towards the client.

internal import Bytes
internal import HTTP1
internal import HTTPMessage
internal import Inspection
internal import RuleStore
internal import WebSocket

extension Exchange {
    /// Fields that the gateway writes itself. Expectations are answered here, and framing is what
    /// was parsed, not what was sent.
    private static var rewrittenRequestFields: KnownFieldSet {
        KnownFieldSet(.contentLength, .transferEncoding, .host, .expect, .xForwardedFor)
    }

    // MARK: Request

    func writeRequestHead(_ framing: BodyLength, into output: inout ByteBuffer) {
        output.append(session.head.method)
        output.append(" ")
        appendForwardedTarget(to: &output)
        output.append(" HTTP/1.1\r\n")
        var skipped = Self.rewrittenRequestFields
        if let handshake { skipped.insert(handshake.rewrittenFields) }
        if requestBody.held.isRewrittenPlain { skipped.insert(KnownFieldSet(.contentEncoding)) }
        // An answer that is to be inspected has to be readable.
        let readsResponses = route?.inspectsResponseBodies == true
        if readsResponses { skipped.insert(KnownFieldSet(.acceptEncoding)) }
        let configured = settings.proxyHeaders
        HeadWriter.appendFields(
            of: session.head.fields, skipping: skipped,
            isReplaced: { name in configured.contains { $0.isNamed(name) } }, to: &output)
        if readsResponses, !configured.contains(where: { $0.isNamed(ByteView("Accept-Encoding")) }) {
            appendAcceptEncodingField(to: &output)
        }
        appendHostField(to: &output)
        appendConfiguredFields(settings, to: &output)
        if !configured.contains(where: { $0.isNamed(ByteView("X-Forwarded-For")) }) {
            output.append("X-Forwarded-For: ")
            appendForwardedFor(to: &output)
            output.append("\r\n")
        }
        if let handshake {
            handshake.appendFields(to: &output)
            HeadWriter.appendConnection(.upgrade, to: &output)
        } else {
            HeadWriter.appendFraming(framing, to: &output)
            HeadWriter.appendConnection(keepsUpstream ? .keepOpen : .close, to: &output)
        }
        HeadWriter.appendEnd(to: &output)
    }

    private var keepsUpstream: Bool {
        guard let index = upstream.upstream else { return false }
        return generation!.policy.upstreams[index].keptConnections > 0
    }

    /// `proxy_pass` without a URI part passes the target on as sent; with one, it replaces what
    /// the location matched of the decoded path; with variables it is the target.
    private func appendForwardedTarget(to output: inout ByteBuffer) {
        if let diversion {
            if let target = diversion.target {
                output.appendTarget(target)
            } else {
                appendTarget(to: &output)
            }
            return
        }
        guard let proxy = settings.proxy, let uri = proxy.uri else {
            appendTarget(to: &output)
            return
        }
        let start = output.count
        expand(uri, into: &output)
        if let replaced = proxy.replacedPrefixBytes {
            let path = path.view
            PathEncoder.append(path[min(replaced, path.count)...], to: &output)
            if let query = session.head.query {
                output.append("?")
                output.append(query)
            }
        }
        if output.count == start { output.append("/") }
    }

    private func appendAcceptEncodingField(to output: inout ByteBuffer) {
        worker.fieldScratch.removeAll(keepingCapacity: true)
        AcceptedCodings.append(of: session.head.fields, to: &worker.fieldScratch)
        guard !worker.fieldScratch.isEmpty else { return }
        HeadWriter.appendField("Accept-Encoding", worker.fieldScratch.view, to: &output)
    }

    private func appendHostField(to output: inout ByteBuffer) {
        guard !settings.proxyHeaders.contains(where: { $0.isNamed(ByteView("Host")) }) else { return }
        output.append("Host: ")
        if let diversion {
            output.appendTarget(diversion.authority)
        } else if let proxy = settings.proxy {
            expand(proxy.hostText, into: &output)
        }
        output.append("\r\n")
    }

    /// `proxy_set_header`. Connection and Upgrade belong to the gateway: nginx's idiom for
    /// WebSocket is accepted and what it asks for happens by itself.
    func appendConfiguredFields(_ settings: LocationSettings, to output: inout ByteBuffer) {
        for header in settings.proxyHeaders where !header.isOfThisHop {
            worker.fieldScratch.removeAll(keepingCapacity: true)
            expand(header.value, into: &worker.fieldScratch)
            guard !worker.fieldScratch.isEmpty else { continue }
            var name = header.name
            name.withUTF8 {
                HeadWriter.appendField(
                    unsafe ByteView(unowned: UnsafeRawBufferPointer($0)), worker.fieldScratch.view,
                    to: &output)
            }
        }
    }

    // MARK: Response

    func writeResponseHead(into output: inout ByteBuffer) {
        HeadWriter.appendStatusLine(relay.head.status, reason: relay.head.reason, to: &output)
        // Without a body the length says what a GET would get, and goes through as it is; a 204 has
        // none to tell (RFC 9110 section 8.6).
        let hasLength =
            relay.body == .none && relay.head.status != 204 && relay.head.fields.contains(.contentLength)
        var skipped: KnownFieldSet = hasLength ? KnownFieldSet(.transferEncoding) : .framing
        if relay.held.isRewrittenPlain { skipped.insert(KnownFieldSet(.contentEncoding)) }
        let isChanged = relay.held.isRewritten || !relay.injection.isEmpty
        HeadWriter.appendFields(
            of: relay.head.fields, skipping: skipped,
            isReplaced: { isChanged && Self.describesContent($0) }, to: &output)
        switch relay.clientFraming {
        case .plain: HeadWriter.appendFraming(relay.clientLength, to: &output)
        case .chunked: HeadWriter.appendFraming(.chunked, to: &output)
        case .untilClose: break
        }
        HeadWriter.appendConnection(clientPersistence, to: &output)
        HeadWriter.appendEnd(to: &output)
    }

    /// Fields that say something of the content byte by byte: no longer true when rules have changed it.
    private static func describesContent(_ name: ByteView) -> Bool {
        let names: [StaticString] = [
            "ETag", "Last-Modified", "Accept-Ranges", "Content-MD5", "Digest", "Content-Digest",
            "Repr-Digest",
        ]
        return names.contains { name.equalsIgnoringASCIICase($0) }
    }

    var clientPersistence: HeadWriter.Persistence {
        guard keepsAlive, !worker.isDraining else { return .close }
        return session.head.version == .http11 ? .keepOpen : .keepAlive
    }
}

extension ByteBuffer {
    /// What a rule gave as a target or a host: no byte of it ends a line or a word.
    fileprivate mutating func appendTarget(_ text: String) {
        for byte in text.utf8 where byte > 0x20 && byte != 0x7F { append(byte) }
    }
}

extension ProxyHeader {
    func isNamed(_ name: ByteView) -> Bool {
        var text = self.name
        return text.withUTF8 {
            unsafe ByteView(unowned: UnsafeRawBufferPointer($0)).equalsIgnoringASCIICase(name)
        }
    }

    fileprivate var isOfThisHop: Bool {
        isNamed(ByteView("Connection")) || isNamed(ByteView("Upgrade"))
            || isNamed(ByteView("Transfer-Encoding"))
            || isNamed(ByteView("Content-Length"))
    }
}
