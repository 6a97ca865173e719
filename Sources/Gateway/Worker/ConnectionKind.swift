// Whose event it is: the kinds behind an `EventToken`.

internal import Bytes
internal import Transport

/// What a descriptor on the worker's poller is.
enum ConnectionKind: UInt8 {
    /// The master's channel; there is one.
    case channel = 1
    /// A listening socket; the handle's index is its place in the listener table.
    case listener
    /// A client's HTTP connection.
    case session
    /// A connection to an upstream server, busy or idle.
    case upstream
    /// The client's end of a tunnel.
    case tunnelClient
    /// The upstream server's end of a tunnel.
    case tunnelServer
    /// A connection to Redis; the handle's index is its place at the desk.
    case redis

    func token(_ handle: SlotHandle) -> EventToken { EventToken(kind: rawValue, handle: handle) }
}
