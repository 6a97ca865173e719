// Access and audit lines on their way to the master.

internal import Bytes
internal import Inspection
internal import Journal
internal import Metrics

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
}
