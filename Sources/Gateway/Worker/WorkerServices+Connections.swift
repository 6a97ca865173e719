// Open WebSockets, for the operator.

internal import Bytes
internal import Transport
internal import WebSocket

extension WorkerServices {
    /// The open WebSockets from a place of the table on, as many as one message takes.
    func connections(from start: UInt32) -> ConnectionPage {
        var page = ConnectionPage()
        for handle in tables.tunnels.handles where handle.index >= start {
            guard page.connections.count < ConnectionPage.count else {
                page.next = handle.index
                return page
            }
            if let report = tables.tunnels.with(handle, { $0.report(now: secondsSinceEpoch) }) {
                page.connections.append(report)
            }
        }
        return page
    }

    /// - Returns: Whether there was such a WebSocket.
    func closeConnection(_ identifier: String) -> Bool {
        let wanted = ByteText(identifier)
        for handle in tables.tunnels.handles {
            let isIt = tables.tunnels.with(handle) { $0.context.identifier.view == wanted.view } ?? false
            guard isIt else { continue }
            if tables.tunnels.with(handle, { $0.close(.closedByOperator, self) }) == .gone { closeTunnel(handle) }
            return true
        }
        return false
    }
}

extension Tunnel {
    func report(now: Int) -> ConnectionReport {
        var report = ConnectionReport(
            identifier: context.identifier.view.string, client: context.client.view.string)
        report.host = context.host.view.string
        report.path = context.path.view.string
        report.subprotocol = context.subprotocol.view.string
        report.isCompressed = context.deflate != nil
        report.ageSeconds = UInt64(max(0, now - context.openedSeconds))
        report.messagesFromClient = UInt64(context.messagesFromClient)
        report.messagesFromServer = UInt64(context.messagesFromServer)
        report.bytesFromClient = UInt64(context.bytesFromClient)
        report.bytesFromServer = UInt64(context.bytesFromServer)
        return report
    }
}
