// Every connection of a worker, found by the handle in its event token.

internal import Bytes
internal import Transport

/// Owns the worker's connections; removing one closes it.
final class ConnectionTables {
    var sessions = SlotTable<Session>()
    var upstreams = SlotTable<UpstreamConnection>()
    var tunnels = SlotTable<Tunnel>()

    func session(_ handle: SlotHandle) -> Session? { sessions.with(handle) { $0 } }
    func upstream(_ handle: SlotHandle) -> UpstreamConnection? { upstreams.with(handle) { $0 } }
}
