// The control socket: a unix stream socket for `waf-ctl`, mode 0660.

internal import Glibc
package import Posix
package import Reports

/// Accepts clients, hands out their requests and takes the answers. Never waits.
package final class ControlServer {
    package enum StartError: Error, Equatable, CustomStringConvertible {
        case pathTooLong(String)
        case inUse(path: String, owner: Int32?)
        case system(path: String, SystemError)

        package var description: String {
            switch self {
            case .pathTooLong(let path): "control socket \(path): the path is too long"
            case .inUse(let path, let owner):
                "control socket \(path): used by another process\(owner.map { " (\($0))" } ?? "")"
            case .system(let path, let error): "control socket \(path): \(error)"
            }
        }
    }

    package struct Request: Equatable, Sendable {
        package var client: Int
        package var request: ControlRequest
    }

    package let path: String
    private let listener: SharedDescriptor?
    private var lock: FileLock?
    private var clients: [ControlClient] = []
    private var nextNumber = 1
    /// Index of the listener, then of each client, in the poll set of this turn.
    private var listenerIndex: Int?
    private var polled: [(client: ControlClient, index: Int)] = []

    /// Locks `PATH.lock`, then takes the path: a socket there belongs to a process that is gone.
    package init(path: String) throws(StartError) {
        self.path = path
        guard let address = SocketAddress(host: "unix:\(path)", port: 0) else { throw .pathTooLong(path) }
        do throws(FileLock.Failure) {
            let taken = try FileLock(path: "\(path).lock", mode: 0o600)
            do throws(SystemError) {
                try taken.write("\(getpid())\n")
                FileContents.removeSocket(path)
                // The mode must hold from the first moment: connecting needs write permission.
                let previousMask = umask(0o117)
                defer { umask(previousMask) }
                listener = SharedDescriptor(try ListenSocket.open(address, sharesPort: false))
            } catch {
                throw FileLock.Failure.system(error)
            }
            lock = consume taken
        } catch {
            switch error {
            case .held(let owner): throw .inUse(path: path, owner: owner)
            case .system(let error): throw .system(path: path, error)
            }
        }
    }

    /// A server without a socket of its own; clients come by `adopt`.
    package init() {
        path = ""
        listener = nil
        lock = nil
    }

    /// Takes a connected client. Past the limit it is told so and dropped.
    package func adopt(_ descriptor: consuming Descriptor, now: Int64) {
        let client = ControlClient(number: nextNumber, descriptor: descriptor, now: now)
        nextNumber += 1
        guard clients.count < SupervisorLimits.controlClients else {
            _ = client.refuse(.tooManyClients(limit: SupervisorLimits.controlClients), isLast: true, now)
            return
        }
        clients.append(client)
    }

    package var clientCount: Int { clients.count }

    /// When `tick` has something to do; nil: never.
    package var wakeAt: Int64? { clients.compactMap(\.idleAt).min() }

    package func register(in set: inout PollSet) {
        listenerIndex = listener.map { set.add($0.number, for: .readable) }
        polled = clients.map { ($0, set.add($0.descriptorNumber, for: $0.interest)) }
    }

    /// Does what the wait allows and returns the requests that arrived.
    package func proceed(after set: PollSet, now: Int64) -> [Request] {
        if let listenerIndex, set.readiness(at: listenerIndex).contains(.readable) { acceptAll(now) }
        for (client, index) in polled {
            let ready = set.readiness(at: index)
            if ready.contains(.writable) { client.write() }
            if ready.contains(.readable) {
                client.read(now: now)
            } else if ready.contains(.closed) {
                client.close()
            }
        }
        polled = []
        return takeRequests(now)
    }

    /// Answers a request; further lines of that client may follow at once.
    package func answer(_ value: JSONValue, to client: Int, now: Int64) -> [Request] {
        guard let found = clients.first(where: { $0.number == client }) else { return [] }
        found.answer(value, now: now)
        return takeRequests(now)
    }

    /// Drops clients that have been silent for too long.
    package func tick(now: Int64) {
        for client in clients {
            if let idleAt = client.idleAt, idleAt <= now { client.close() }
        }
        clients.removeAll { $0.isClosed }
    }

    /// Removes the socket from the file system; connected clients still get their answers.
    package func removeSocket() {
        guard !path.isEmpty else { return }
        FileContents.removeSocket(path)
        lock.take()?.remove()
    }

    private func acceptAll(_ now: Int64) {
        guard let number = listener?.number else { return }
        // An error (too many open files, a client gone again) is met again at the next turn.
        while let accepted = try? StreamSocket.accept(number) { adopt(accepted.takeSocket(), now: now) }
    }

    private func takeRequests(_ now: Int64) -> [Request] {
        var requests: [Request] = []
        for client in clients {
            asking: while true {
                switch client.nextRequest(now: now) {
                case .nothing: break asking
                case .refused: continue asking
                case .request(let request):
                    requests.append(Request(client: client.number, request: request))
                    break asking
                }
            }
        }
        clients.removeAll { $0.isClosed }
        return requests
    }
}
