// The addresses that servers listen on, each once.

internal import RuleStore

struct ListenerRegistry {
    private struct Listener {
        var address: ListenAddress
        var explicitDefault: (server: Int, location: SourceLocation)?
        var servers: [(index: Int, location: SourceLocation)]
    }
    private var listeners: [Listener] = []
    private var indices: [ListenAddress: Int] = [:]

    /// Takes one address of a server.
    mutating func add(
        _ address: ListenAddress, server: Int, isDefault: Bool, at location: SourceLocation,
        _ diagnostics: inout Diagnostics
    ) {
        let index = indices[address] ?? listeners.count
        if index == listeners.count {
            indices[address] = index
            listeners.append(Listener(address: address, servers: []))
        }
        if let same = listeners[index].servers.first(where: { $0.index == server }) {
            diagnostics.report(location, .duplicate(what: "\"listen\" \(address)", first: same.location))
            return
        }
        listeners[index].servers.append((server, location))
        guard isDefault else { return }
        if let first = listeners[index].explicitDefault {
            diagnostics.report(
                location, .duplicate(what: "the default server of \(address)", first: first.location))
        } else {
            listeners[index].explicitDefault = (server, location)
        }
    }

    /// The default is the server that says so, else the first.
    var policies: [ListenerPolicy] {
        listeners.map { listener in
            let servers = listener.servers.map(\.index)
            return ListenerPolicy(
                address: listener.address, defaultServer: listener.explicitDefault?.server ?? servers[0],
                servers: servers)
        }
    }
}
