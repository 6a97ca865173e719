// What a worker writes to the error log.

internal import Bytes
internal import HTTPMessage
internal import Inspection
internal import Journal
internal import Posix

/// The error log, with the line's connection and kind filled in.
final class WorkerLog {
    private let log: ErrorLog

    init(_ log: ErrorLog) { self.log = log }

    func reopen(_ file: consuming Descriptor) { log.reopen(file) }
    func set(level: LogLevel) { log.level = level }

    func process(_ level: LogLevel, _ text: @autoclosure () -> String) {
        log.write(level, .process) { $0.append(text: text()) }
    }

    /// About a client's connection or its request.
    func client(_ session: Session, _ level: LogLevel, _ text: @autoclosure () -> String) {
        log.write(level, .client) { line in
            line.append(text: text())
            Self.append(session, to: &line)
        }
    }

    /// About an upstream, while it serves a request.
    func upstream(_ session: Session, _ level: LogLevel, _ text: @autoclosure () -> String) {
        log.write(level, .upstream) { line in
            line.append(text: text())
            Self.append(session, to: &line)
        }
    }

    func tunnel(_ context: TunnelContext, _ level: LogLevel, _ text: @autoclosure () -> String) {
        log.write(level, .webSocket) { line in
            line.append(text: text())
            line.append(", connection: ")
            line.append(peerBytes: context.identifier.view)
        }
    }

    /// Why a tunnel ends: one line for the operator, and the rule's own where it has a number.
    func refusal(_ refusal: Refusal, _ direction: MessageDirection?, _ context: TunnelContext) {
        log.write(.info, .webSocket) { line in
            line.append("WebSocket closed with ")
            line.append(decimal: Int(refusal.closeCode))
            line.append(": ")
            line.append(peerText: "\(refusal)")
            line.append(", connection: ")
            line.append(peerBytes: context.identifier.view)
        }
        violation(refusal, direction, isEnforced: true, context)
    }

    /// What breaks a positive rule or the protocol, in the form of a matched rule.
    func violation(
        _ refusal: Refusal, _ direction: MessageDirection?, isEnforced: Bool, _ context: TunnelContext
    ) {
        guard let id = refusal.violationID else { return }
        log.write(.error, .matchedRule) { line in
            if isEnforced {
                line.append("ModSecurity: Access denied with code ")
                line.append(decimal: Int(refusal.closeCode))
                line.append(direction == .fromServer ? " (phase 4). " : " (phase 2). ")
            } else {
                line.append("ModSecurity: Warning. ")
            }
            Self.append(id: id, message: "WebSocket: \(refusal)", to: &line)
            switch direction {
            case .fromClient: Self.append("data", "message \(context.messagesFromClient) from client", to: &line)
            case .fromServer: Self.append("data", "message \(context.messagesFromServer) from server", to: &line)
            case nil: break
            }
            Self.append(host: context.host.view, uri: context.path.view, context.identifier.view, to: &line)
        }
    }

    /// A handshake that a positive rule refuses.
    func handshakeViolation(_ violation: HandshakeViolation, isEnforced: Bool, _ session: Session, _ identifier: ByteView) {
        log.write(.error, .matchedRule) { line in
            if isEnforced {
                line.append("ModSecurity: Access denied with code 403 (phase 1). ")
            } else {
                line.append("ModSecurity: Warning. ")
            }
            Self.append(id: violation.id, message: "WebSocket: \(violation)", to: &line)
            Self.append(host: session.head.authority ?? .empty, uri: session.head.path, identifier, to: &line)
        }
    }

    private static func append(id: Int, message: String, to line: inout LogLine) {
        line.append("Positive rule.")
        line.append(" [id \"")
        line.append(decimal: id)
        line.append("\"]")
        append("msg", message, to: &line)
        append("severity", "CRITICAL", to: &line)
        append("tag", "websocket", to: &line)
    }

    /// A field of the program's own text, in which quotes are as harmless as in what peers send.
    private static func append(_ name: StaticString, _ text: String, to line: inout LogLine) {
        line.append(" [")
        line.append(name)
        line.append(" \"")
        line.append(peerText: text)
        line.append("\"]")
    }

    private static func append(host: ByteView, uri: ByteView, _ identifier: ByteView, to line: inout LogLine) {
        line.append(" [hostname \"")
        line.append(peerBytes: host)
        line.append("\"] [uri \"")
        line.append(peerBytes: uri)
        line.append("\"] [unique_id \"")
        line.append(peerBytes: identifier)
        line.append("\"]")
    }

    /// The lines of the rules that matched, each written before the answer leaves.
    func matches(of transaction: Transaction) {
        guard !transaction.log.isEmpty else { return }
        let lines = transaction.log.view
        var start = 0
        while start < lines.count {
            let end = lines.firstIndex(of: ASCII.lineFeed, from: start) ?? lines.count
            log.write(.error, .matchedRule) { $0.append(escapedText: lines[start..<end]) }
            start = end + 1
        }
        transaction.log.removeAll(keepingCapacity: true)
    }

    private static func append(_ session: Session, to line: inout LogLine) {
        line.append(", client: ")
        line.append(peerBytes: session.client.remoteAddress.view)
        let request = session.head.requestLine
        guard !request.isEmpty else { return }
        line.append(", request: \"")
        line.append(peerBytes: request)
        line.append("\"")
    }
}
