// What building the model needs of the world around.

internal import RuleStore

struct BuildContext {
    let files: any FileReader
    let paths: ConfigurationPaths
    /// Numeric addresses of a host name in lower case; nil when there are none.
    let resolve: (String) -> [String]?
    /// Port of a `listen` without one, and of a server without `listen`.
    let defaultPort: UInt16

    /// Addresses of what a directive names, each in canonical form; reports when there are none.
    func addresses(
        of host: HostAndPort.Host, port: UInt16, for directive: String, at location: SourceLocation,
        _ diagnostics: inout Diagnostics
    ) -> [ListenAddress] {
        switch host {
        case .socket(let path): return [ListenAddress(host: path, port: 0)]
        case .address(let address): return [ListenAddress(host: address, port: port)]
        case .name(let name):
            var found: [ListenAddress] = []
            for address in (resolve(name.lowercased()) ?? []).compactMap(NumericAddress.canonical) {
                let address = ListenAddress(host: address, port: port)
                if !found.contains(address) { found.append(address) }
            }
            if found.isEmpty { diagnostics.report(location, .hostNotFound(directive: directive, host: name)) }
            return found
        }
    }
}
