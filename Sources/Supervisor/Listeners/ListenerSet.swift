// All listening sockets, of all slots.

package import Posix
package import RuleStore

/// Keeps one SO_REUSEPORT socket for each address and slot, for as long as the address is
/// configured, whatever happens to the workers. A class, as a forgotten copy would keep sockets open.
package final class ListenerSet {
    package enum Failure: Error, Equatable, Sendable, CustomStringConvertible {
        case notAnAddress(ListenAddress)
        case unavailable(ListenAddress, SystemError)
        /// A unix socket that somebody accepts connections on.
        case served(ListenAddress)

        package var description: String {
            switch self {
            case .notAnAddress(let address): "listen \(address): not an address"
            case .unavailable(let address, let error): "listen \(address): \(error)"
            case .served(let address): "listen \(address): used by another process"
            }
        }
    }

    /// The sockets of one address: one a slot, or one for all on a unix socket.
    private struct Sockets {
        var shared: [SharedDescriptor?]
        var path: String?
    }

    package struct Changes: Equatable, Sendable {
        package var added: [ListenAddress] = []
        package var removed: [ListenAddress] = []
        package init(added: [ListenAddress] = [], removed: [ListenAddress] = []) {
            self.added = added
            self.removed = removed
        }
    }

    private let slotCount: Int
    /// In the order of the configuration.
    package private(set) var addresses: [ListenAddress] = []
    private var sockets: [ListenAddress: Sockets] = [:]
    /// Opened for a generation that is not committed yet.
    private var staged: (addresses: [ListenAddress], sockets: [ListenAddress: Sockets])?
    /// What the worker of each slot has been given and not been told to retire.
    private var given: [Set<ListenAddress>]

    package init(slotCount: Int) {
        self.slotCount = slotCount
        given = Array(repeating: [], count: slotCount)
    }

    /// Opens the addresses that are not open yet. On failure nothing has changed.
    package func stage(_ wanted: [ListenAddress]) throws(Failure) {
        let fresh = wanted.filter { sockets[$0] == nil }
        var opened: [ListenAddress: Sockets] = [:]
        // All probes come before the first socket that shares its port: `*:80` and `1.2.3.4:80` of
        // one configuration must not see each other.
        for address in fresh { try probe(address) }
        do throws(Failure) {
            for address in fresh { opened[address] = try open(address) }
        } catch {
            for entry in opened.values { Self.unlink(entry) }
            throw error
        }
        staged = (wanted, opened)
    }

    /// The staged addresses are the ones in force.
    package func commit() {
        guard let staged else { return }
        self.staged = nil
        addresses = staged.addresses
        sockets.merge(staged.sockets) { old, _ in old }
    }

    /// Closes what was staged.
    package func discard() {
        for entry in staged?.sockets.values ?? [:].values { Self.unlink(entry) }
        staged = nil
    }

    /// What the worker of a slot must be told so that it has exactly the addresses in force.
    package func changes(forSlot slot: Int) -> Changes {
        Changes(
            added: addresses.filter { !given[slot].contains($0) },
            removed: given[slot].filter { !addresses.contains($0) }.sorted { $0.description < $1.description }
        )
    }

    /// The worker has been given an address.
    package func gave(_ address: ListenAddress, slot: Int) { given[slot].insert(address) }

    /// The worker is told to retire an address: its slot's socket is closed here first, so that
    /// the kernel queues nothing more once the worker has accepted the last connection.
    package func retire(_ address: ListenAddress, slot: Int) {
        given[slot].remove(address)
        guard sockets[address]?.path == nil else { return }
        sockets[address]?.shared[slot] = nil
    }

    /// The worker is gone; its successor starts with nothing.
    package func workerGone(slot: Int) { given[slot] = [] }

    /// Closes the sockets of all addresses that are not in force any more.
    package func closeRetired() {
        for (address, entry) in sockets where !addresses.contains(address) {
            Self.unlink(entry)
            sockets[address] = nil
        }
    }

    /// The socket to give to the worker of a slot.
    package func socket(_ address: ListenAddress, slot: Int) -> Int32? {
        sockets[address]?.shared[slot]?.number
    }

    /// Removes the unix sockets from the file system.
    package func removePaths() {
        discard()
        for entry in sockets.values { Self.unlink(entry) }
    }
}

extension ListenerSet {
    private func probe(_ address: ListenAddress) throws(Failure) {
        guard let socket = SocketAddress(host: address.host, port: address.port) else {
            throw .notAnAddress(address)
        }
        if socket.family == .unix {
            guard !ListenSocket.isAlive(socket) else { throw .served(address) }
            return
        }
        // A socket of ours on the same port, on the wildcard address or beside it, would be found.
        guard !sockets.keys.contains(where: { $0.port == address.port }) else { return }
        do throws(SystemError) {
            try ListenSocket.probe(socket)
        } catch {
            throw .unavailable(address, error)
        }
    }

    private func open(_ address: ListenAddress) throws(Failure) -> Sockets {
        guard let socket = SocketAddress(host: address.host, port: address.port) else {
            throw .notAnAddress(address)
        }
        do throws(SystemError) {
            if socket.family == .unix {
                let path = String(address.host.dropFirst("unix:".count))
                FileContents.removeSocket(path)
                let one = SharedDescriptor(try ListenSocket.open(socket, sharesPort: false))
                // As in nginx: who may connect is decided by the rights of the folder.
                try FileContents.setMode(path, 0o666)
                return Sockets(shared: Array(repeating: one, count: slotCount), path: path)
            }
            var shared: [SharedDescriptor?] = []
            for _ in 0..<slotCount {
                shared.append(SharedDescriptor(try ListenSocket.open(socket, sharesPort: true)))
            }
            return Sockets(shared: shared, path: nil)
        } catch {
            throw .unavailable(address, error)
        }
    }

    private static func unlink(_ sockets: Sockets) {
        if let path = sockets.path { FileContents.removeSocket(path) }
    }
}
