// Requests and messages are read once, by whoever looks first: rules, or a stage before them. A stage that edits
// what it sees has it read again.

package import Bytes
internal import RuleStore

/// How far a request has been read.
struct RequestProgress {
    var hasReadHead = false
    var hasReadBody = false
    /// The body as it was given, for another reading.
    var body: ByteView?
    var isTruncated = false
    var fault: String?
}

extension Transaction {
    /// Query, cookies and the choice of a body processor.
    package func readRequestHead() {
        guard let rules, mode != .off, !progress.hasReadHead else { return }
        progress.hasReadHead = true
        parseQuery(rules)
        parseCookies(rules)
        request.processor = BodyProcessorName(
            contentType: requestHeaders.first("Content-Type") ?? .empty,
            readsDocuments: rules.view.readsDocuments)
    }

    /// The body, if it is inspected; see `evaluateRequestBody`.
    package func readRequestBody(_ body: ByteView?, isTruncated: Bool, fault: String? = nil) {
        guard let rules, mode != .off, !progress.hasReadBody else { return }
        progress.hasReadBody = true
        request.decodePath(in: arena)
        guard let body, controls.inspectsRequestBody ?? rules.view.inspectsRequestBody else { return }
        progress.body = body
        progress.isTruncated = isTruncated
        progress.fault = fault
        takeRequestBody(body, isTruncated: isTruncated, fault: fault, rules)
        plan = .requestBody
        checkNoFilesLimit(rules)
    }

    /// Somebody has edited the request: what was made of it is made anew.
    ///
    /// - Parameters:
    ///   - target: As it would stand on the request line; nil: as before.
    ///   - body: nil: as before.
    package func rereadRequest(target: ByteView?, body: ByteView?) {
        guard let rules, mode != .off, progress.hasReadHead else { return }
        if let target { request.setTarget(target) }
        if let body, progress.body != nil { progress.body = body }
        arguments.removeAll()
        parseQuery(rules)
        guard progress.hasReadBody else { return }
        request.decodePath(in: arena)
        guard let body = progress.body else { return }
        reading.removeAll()
        xml = nil
        takeRequestBody(body, isTruncated: progress.isTruncated, fault: progress.fault, rules)
    }

    /// Likewise of a message.
    package func rereadMessage(_ payload: ByteView) {
        guard let rules, mode != .off, var message else { return }
        message.payload = payload
        self.message = message
        arguments.removeAll()
        takeMessage(message, rules)
    }

    /// Names and values of all arguments that were read, until `visit` says false.
    package func forEachArgument(_ visit: (ByteView, ByteView) -> Bool) {
        for index in arguments.all {
            let member = arguments[index]
            guard visit(member.name, member.value) else { return }
        }
    }

    package func forEachCookie(_ visit: (ByteView, ByteView) -> Bool) {
        for member in cookies.members {
            guard visit(member.name, member.value) else { return }
        }
    }

    /// The audit log gets an entry of this transaction whatever its status.
    package func demandAuditEntry() { audit.isRelevant = true }
}
