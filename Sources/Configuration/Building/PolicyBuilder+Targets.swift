// Which location a `waf_target` names.

internal import RuleStore

extension PolicyBuilder {
    /// Finds the location of each target of a server and marks it as one. A URI that names none is a warning:
    /// nothing can be asked then.
    ///
    /// - Parameter written: Where the `waf_target` of each location stands, and last that of the server itself.
    mutating func resolveTargets(server: Int, written: [SourceLocation?]) {
        let locations = servers[server].locations
        var targets: Set<Int> = []
        func resolve(_ settings: inout LocationSettings, _ place: SourceLocation?) {
            guard let uri = settings.target?.uri else { return }
            settings.target?.location = Self.location(of: uri, in: locations)
            guard let location = settings.target?.location else {
                if let place { diagnostics.warn(place, .unknownTarget(uri: uri)) }
                return
            }
            targets.insert(location)
            if locations[location].settings.proxy == nil, let place {
                diagnostics.warn(place, .targetWithoutProxy(uri: uri))
            }
        }
        for index in locations.indices { resolve(&servers[server].locations[index].settings, written[index]) }
        resolve(&servers[server].settings, written.last ?? nil)
        for target in targets { servers[server].locations[target].settings.isTarget = true }
    }

    /// The exact location of a path, else the longest prefix. Neither `/` nor a pattern counts: a target's
    /// location is closed to clients, and a slip in its name must not close the site.
    private static func location(of uri: String, in locations: [LocationPolicy]) -> Int? {
        let path = String(uri.prefix { $0 != "?" })
        if let exact = locations.firstIndex(where: { $0.match == .exact(path) }) { return exact }
        var longest: (index: Int, bytes: Int)?
        for (index, location) in locations.enumerated() {
            switch location.match {
            case .prefix(let prefix), .prefixFinal(let prefix):
                let bytes = prefix.utf8.count
                if bytes > 1, path.hasPrefix(prefix), bytes > longest?.bytes ?? 0 { longest = (index, bytes) }
            case .exact, .pattern: continue
            }
        }
        return longest?.index
    }
}
