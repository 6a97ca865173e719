// Upstream connections that wait for their next request.

package import Bytes

/// Idle connections of one upstream, the most recently used first; `keepalive N` of nginx's
/// upstream block. Holds handles only, the connections belong to the worker.
package struct IdlePool: Sendable {
    private struct Entry: Sendable {
        var handle: SlotHandle
        var server: Int
    }

    private var entries: [Entry] = []
    /// Most connections that are kept; 0 keeps none.
    package let capacity: Int

    package init(capacity: Int) { self.capacity = capacity }

    package var count: Int { entries.count }

    /// Takes the connection to `server` that was used last.
    package mutating func take(server: Int) -> SlotHandle? {
        guard let index = entries.lastIndex(where: { $0.server == server }) else { return nil }
        return entries.remove(at: index).handle
    }

    /// Keeps a connection.
    ///
    /// - Returns: A connection to close instead: the least recently used when the pool is full,
    ///   the given one when the pool keeps none.
    package mutating func put(_ handle: SlotHandle, server: Int) -> SlotHandle? {
        guard capacity > 0 else { return handle }
        entries.append(Entry(handle: handle, server: server))
        return entries.count > capacity ? entries.removeFirst().handle : nil
    }

    /// Forgets a connection that its server has closed.
    package mutating func remove(_ handle: SlotHandle) { entries.removeAll { $0.handle == handle } }

    /// Gives up all connections.
    package mutating func drain() -> [SlotHandle] {
        let all = entries.map(\.handle)
        entries.removeAll()
        return all
    }
}
