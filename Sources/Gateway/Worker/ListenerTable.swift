// The listening sockets of a worker.

internal import Bytes
internal import Posix
internal import RuleStore
internal import Transport

/// Sockets that the master has lent; the kernel spreads connections over all workers' sockets of
/// an address (SO_REUSEPORT).
struct ListenerTable: ~Copyable {
    struct Listener: ~Copyable {
        let socket: Descriptor
        let address: ListenAddress
    }

    private var listeners = SlotTable<Listener>()
    /// When paused listeners are looked at again, milliseconds of the monotonic clock; nil: none is.
    private(set) var resumeAt: Int?

    mutating func add(_ socket: consuming Descriptor, _ address: ListenAddress, on poller: Poller) throws(SystemError) {
        let number = socket.number
        try socket.setNonBlocking()
        let handle = listeners.insert(Listener(socket: socket, address: address))
        do {
            try poller.add(number, ConnectionKind.listener.token(handle), .read)
        } catch {
            _ = listeners.remove(handle)
            throw error
        }
    }

    /// The address and descriptor of a listener that has connections waiting.
    func listener(_ handle: SlotHandle) -> (number: Int32, address: ListenAddress)? {
        listeners.with(handle) { ($0.socket.number, $0.address) }
    }

    /// Leaves new connections in the kernel's queues until `time`: a listener that may not be
    /// served would otherwise be told of without end.
    mutating func pause(until time: Int, on poller: Poller) {
        resumeAt = time
        watch([], on: poller)
    }

    mutating func resume(on poller: Poller) {
        resumeAt = nil
        watch(.read, on: poller)
    }

    private func watch(_ interest: Interest, on poller: Poller) {
        for handle in listeners.handles {
            guard let listener = listener(handle) else { continue }
            // A listener that the poller has lost stays unwatched, as it was.
            do { try poller.modify(listener.number, ConnectionKind.listener.token(handle), interest) } catch {}
        }
    }

    /// The handles of the listeners of `addresses`.
    func handles(of addresses: [ListenAddress]) -> [SlotHandle] {
        listeners.handles.filter { handle in
            listeners.with(handle) { addresses.contains($0.address) } ?? false
        }
    }

    mutating func close(_ handle: SlotHandle, on poller: Poller) {
        guard let listener = listeners.remove(handle) else { return }
        // The master still has the socket open: closing this descriptor alone would leave it watched.
        poller.remove(listener.socket.number)
    }

    mutating func closeAll(on poller: Poller) {
        for handle in listeners.handles { close(handle, on: poller) }
    }
}
