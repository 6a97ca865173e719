// Messages under the rules: each is a transaction of its own in the handshake's context.

internal import Bytes
package import RuleStore

extension Transaction {
    /// What the connection's messages need, taken after the handshake's phase 1.
    package func makeMessageContext() -> MessageContext {
        let context = MessageContext(request: request, connection: connection, snapshot: makeSnapshot())
        context.addCollections(collections)
        connectionState.save(to: context)
        guard let view = rules?.view else { return context }
        for member in requestHeaders.members
        where member.name.equalsIgnoringASCIICase("Host")
            || view.isReadByMessages(.requestHeaders, key: member.name)
            || view.isReadByMessages(.requestHeadersNames, key: member.name)
        {
            context.addHeader(member)
        }
        for member in cookies.members
        where view.isReadByMessages(.requestCookies, key: member.name)
            || view.isReadByMessages(.requestCookiesNames, key: member.name)
        {
            context.addCookie(member)
        }
        return context
    }

    /// Members that rules count with start at 0; captures are the handshake's and are left out.
    private func makeSnapshot() -> TransactionSnapshot {
        var bytes: [UInt8] = []
        for member in tx.members {
            guard let value = member.value else { continue }
            let isScore = rules?.view.isAccumulated(member.name) ?? false
            TransactionSnapshot.append(member.name, to: &bytes)
            TransactionSnapshot.append(isScore ? ByteView("00")[..<1] : value, to: &bytes)
        }
        if let last = scratch.lastSnapshot, last.equals(bytes) { return last }
        let snapshot = TransactionSnapshot(bytes: bytes)
        scratch.lastSnapshot = snapshot
        return snapshot
    }

    /// Judges one message. Until the next `begin` or `end` an audit entry can be made of it; the log
    /// lines are left in `log`.
    ///
    /// - Parameter rules: Those of the newest generation, not of the handshake's.
    package func evaluateMessage(
        context: MessageContext, message: MessageFacts, rules: RuleSet, isDetectOnly: Bool,
        auditMode: EngineSettings.AuditMode? = nil, hasDebugLog: Bool = false
    ) -> Verdict {
        beginMessage(
            context: context, message: message, rules: rules, isDetectOnly: isDetectOnly,
            auditMode: auditMode,
            hasDebugLog: hasDebugLog)
        return evaluateMessage(context: context)
    }

    /// Reads one message; its rules are run by `evaluateMessage(context:)`.
    package func beginMessage(
        context: MessageContext, message: MessageFacts, rules: RuleSet, isDetectOnly: Bool,
        auditMode: EngineSettings.AuditMode? = nil, hasDebugLog: Bool = false
    ) {
        begin(
            rules: rules, isDetectOnly: isDetectOnly, connection: facts(of: context), auditMode: auditMode,
            hasDebugLog: hasDebugLog)
        guard mode != .off else { return }
        setRequestLine(
            line: context[context.requestLine], method: context[context.method],
            target: context[context.target], protocolText: context[context.protocolText])
        for header in context.headers {
            requestHeaders.append(name: context[header.name], value: context[header.value])
        }
        for cookie in context.cookies {
            cookies.append(name: context[cookie.name], value: context[cookie.value])
        }
        context.snapshot.restore(to: &tx, in: arena)
        openCollections(of: context)
        connectionState.restore(from: context, in: arena)
        self.message = message
        takeMessage(message, rules)
    }

    func takeMessage(_ message: MessageFacts, _ rules: RuleSet) {
        switch message.direction {
        case .client:
            request.body = message.payload
            request.rawBody = message.payload
            request.bodyBytes = message.payload.count
            addArguments(of: message, rules)
        case .server:
            response.body = message.payload
        }
    }

    /// The rules on the message that was begun.
    package func evaluateMessage(context: MessageContext) -> Verdict {
        guard let rules, mode != .off, let message else { return .pass }
        let verdict = run(message.direction == .client ? .clientMessage : .serverMessage, rules)
        logBreaches()
        connectionState.save(to: context)
        return verdict
    }

    private func facts(of context: MessageContext) -> ConnectionFacts {
        ConnectionFacts(
            remoteAddress: context[context.remoteAddress], remotePort: context.remotePort,
            serverAddress: context[context.serverAddress], serverPort: context.serverPort,
            serverName: context[context.serverName], uniqueID: context[context.uniqueID])
    }
}
