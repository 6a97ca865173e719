// The copy of a request that a target gets.

internal import Bytes
internal import HTTP1
internal import HTTPMessage
internal import RuleStore

extension Exchange {
    /// Method and fields as they came; the target is what the target location's `proxy_pass` makes of it, the
    /// original stands in `X-Original-URI`.
    func writeCopy(
        to target: Route, _ proxy: ProxyTarget, keepsConnection: Bool, limitBytes: Int,
        into output: inout ByteBuffer
    ) {
        let held = requestBody.held.wire.view
        let body = held[..<min(held.count, limitBytes)]
        output.append(session.head.method)
        output.append(" ")
        appendCopyTarget(proxy, into: &output)
        output.append(" HTTP/1.1\r\n")
        appendCopyFields(to: target, proxy, event: "request", into: &output)
        // Only what is there in full can be relied upon.
        if !requestBody.isComplete || body.count < held.count {
            HeadWriter.appendField("X-WAF-Truncated", "1", to: &output)
        }
        HeadWriter.appendFraming(requestBody.length == .none ? .none : .length(body.count), to: &output)
        HeadWriter.appendConnection(keepsConnection ? .keepOpen : .close, to: &output)
        HeadWriter.appendEnd(to: &output)
        output.append(body)
    }

    /// The fields of the request, and what the gateway says of it.
    func appendCopyFields(
        to target: Route, _ proxy: ProxyTarget, event: StaticString, into output: inout ByteBuffer
    ) {
        var skipped = KnownFieldSet(.contentLength, .transferEncoding, .host, .expect, .xForwardedFor)
        if let handshake { skipped.insert(handshake.rewrittenFields) }
        let configured = target.settings.proxyHeaders
        HeadWriter.appendFields(
            of: session.head.fields, skipping: skipped,
            isReplaced: { name in Self.isOwn(name) || configured.contains { $0.isNamed(name) } }, to: &output)
        if !configured.contains(where: { $0.isNamed(ByteView("Host")) }) {
            output.append("Host: ")
            expand(proxy.hostText, into: &output)
            output.append("\r\n")
        }
        appendConfiguredFields(target.settings, to: &output)
        HeadWriter.appendField("X-WAF-Event", event, to: &output)
        HeadWriter.appendField("X-WAF-Transaction", identifier.view, to: &output)
        HeadWriter.appendField("X-Real-IP", session.client.remoteAddress.view, to: &output)
        worker.fieldScratch.removeAll(keepingCapacity: true)
        appendTarget(to: &worker.fieldScratch)
        HeadWriter.appendField("X-Original-URI", worker.fieldScratch.view, to: &output)
        if let host = session.head.authority { HeadWriter.appendField("X-Original-Host", host, to: &output) }
        output.append("X-Forwarded-For: ")
        appendForwardedFor(to: &output)
        output.append("\r\n")
    }

    /// As nginx with a subrequest: without a URI part `proxy_pass` gets the URI of `waf_target`, with one that
    /// replaces what the location matched, with variables it is the target.
    func appendCopyTarget(_ proxy: ProxyTarget, into output: inout ByteBuffer) {
        let uri = settings.target?.uri ?? "/"
        let start = output.count
        if let text = proxy.uri {
            expand(text, into: &output)
            if let replaced = proxy.replacedPrefixBytes {
                for byte in uri.utf8.dropFirst(replaced) { output.append(byte) }
            }
        } else {
            output.append(uri)
        }
        if output.count == start { output.append("/") }
    }

    /// Fields that say something only the gateway may say.
    private static func isOwn(_ name: ByteView) -> Bool {
        let names: [StaticString] = [
            "X-WAF-Event", "X-WAF-Transaction", "X-WAF-Truncated", "X-WAF-Level", "X-Real-IP",
            "X-Original-URI",
            "X-Original-Host", "X-Original-Method", "X-WAF-Direction", "X-WAF-Opcode", "X-WAF-Message",
        ]
        return names.contains { name.equalsIgnoringASCIICase($0) }
    }
}
