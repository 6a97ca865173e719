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
