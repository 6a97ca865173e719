// Access and audit lines on their way to the master.

internal import Bytes
internal import Inspection
internal import Journal
internal import Metrics
internal import RuleStore

extension WorkerServices {
    /// Never waits: a line that has no room is counted and gone.
    func write(_ line: ByteView, to file: LogFileNumber) {
        switch lines.append(line, to: file) {
        case .written: break
        case .full, .tooLong: stats.add(.logLinesDropped)
        }
    }

    /// Writes the transaction's audit entry, if it gets one.
    func writeAudit(of transaction: Transaction, on route: Route, _ outcome: AuditOutcome) {
        guard let file = route.auditFile, transaction.wantsAuditEntry(status: outcome.status) else { return }
        entry.removeAll(keptBytes: GatewayLimits.keptEntryBytes)
        transaction.appendAuditEntry(outcome, to: &entry)
        write(entry.view, to: file)
    }

    /// Writes what the transaction says in the debug log, each line behind ModSecurity's prefix:
    /// `[TIME] [HOST/sid#0][rid#ID][URI][LEVEL]`.
    func writeDebug(
        of transaction: Transaction, on route: Route, host: ByteView, _ identifier: ByteView, uri: ByteView
    ) {
        guard let file = route.debugFile, !transaction.debug.isEmpty else { return }
        logValue.removeAll(keepingCapacity: true)
        logValue.append("[")
        LogTime.appendLocal(secondsSinceEpoch, to: &logValue)
        logValue.append("] [")
        LogEscaping.append(host[..<min(host.count, GatewayLimits.debugNameBytes)], .standard, to: &logValue)
        logValue.append("/sid#0][rid#")
        logValue.append(identifier)
        logValue.append("][")
        LogEscaping.append(uri[..<min(uri.count, GatewayLimits.debugNameBytes)], .standard, to: &logValue)
        logValue.append("][")
        let lines = transaction.debug.lines
        var start = 0
        while start < lines.count {
            let end = lines.firstIndex(of: ASCII.lineFeed, from: start) ?? lines.count
            accessLine.removeAll(keepingCapacity: true)
            accessLine.append(logValue.view)
            accessLine.append(lines[start])
            accessLine.append("] ")
            accessLine.append(lines[(start + 1)..<end])
            write(accessLine.view, to: file)
            start = end + 1
        }
        stats.add(.logLinesDropped, transaction.debug.omittedLines)
        transaction.debug.removeLines()
    }
}
