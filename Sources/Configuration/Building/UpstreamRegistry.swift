// The upstreams of a configuration: blocks, and the addresses that proxy_pass names.

internal import RuleStore

struct UpstreamRegistry {
    /// Idle connections kept to an upstream that does not say; nginx's default since 1.29.7.
    static let defaultKeptConnections = 32

    private(set) var upstreams: [UpstreamPolicy] = []
    /// By name in lower case.
    private var blocks: [String: (index: Int, location: SourceLocation)] = [:]
    private var addresses: [String: Int] = [:]

    /// The index of the block of a name.
    func block(named name: String) -> Int? { blocks[name.lowercased()]?.index }

    mutating func addBlock(_ directive: Directive, _ context: BuildContext, _ diagnostics: inout Diagnostics)
    {
        let name = directive.arguments[0]
        guard case .name? = HostAndPort(name.text)?.host, HostAndPort(name.text)?.port == nil else {
            diagnostics.report(
                name.location,
                .badValue(
                    directive: directive.spelling,
                    expected: "a name of letters, digits, \"-\", \"_\" and \".\"",
                    found: name.text))
            return
        }
        if let first = blocks[name.text.lowercased()] {
            diagnostics.report(
                name.location, .duplicate(what: "upstream \"\(name.text)\"", first: first.location))
            return
        }
        var upstream = UpstreamPolicy(name: name.text)
        upstream.keptConnections = Self.defaultKeptConnections
        var refused = directive.block.isEmpty && directive.hadContent
        for inner in directive.block {
            switch inner.name {
            case .upstreamServer:
                let servers = UpstreamServerReader.read(inner, context, &diagnostics)
                upstream.servers += servers
                refused = refused || servers.isEmpty
            case .keepalive: upstream.keptConnections = inner.number ?? upstream.keptConnections
            default: break
            }
        }
        if !refused, upstream.servers.allSatisfy(\.isBackup) {
            diagnostics.report(name.location, .noServers(upstream: name.text))
        }
        blocks[name.text.lowercased()] = (upstreams.count, name.location)
        upstreams.append(upstream)
    }

    /// The upstream that stands for an address or a host, made when it is first asked for; nil
    /// when the host has no address, which is reported.
    mutating func implicit(
        _ target: HostAndPort, at location: SourceLocation, _ context: BuildContext,
        _ diagnostics: inout Diagnostics
    ) -> Int? {
        let port = target.port ?? 80
        let name =
            switch target.host {
            case .socket(let path): path
            case .address, .name: "\(target.hostText.lowercased()):\(port)"
            }
        if let index = addresses[name] { return index }
        let found = context.addresses(
            of: target.host, port: port, for: DirectiveName.proxyPass.spelling, at: location, &diagnostics)
        guard !found.isEmpty else { return nil }
        var upstream = UpstreamPolicy(name: name)
        upstream.keptConnections = Self.defaultKeptConnections
        upstream.servers = found.map { UpstreamPolicy.Server(address: $0) }
        addresses[name] = upstreams.count
        upstreams.append(upstream)
        return upstreams.count - 1
    }
}
