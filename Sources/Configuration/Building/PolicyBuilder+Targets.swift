// Which location a `waf_target` names.

internal import Automata
internal import Bytes
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

    /// As requests are routed: `=`, then the longest prefix, then patterns unless that is `^~`.
    private static func location(of uri: String, in locations: [LocationPolicy]) -> Int? {
        let path = String(uri.prefix { $0 != "?" })
        if let exact = locations.firstIndex(where: { $0.match == .exact(path) }) { return exact }
        var longest: (index: Int, bytes: Int, isFinal: Bool)?
        for (index, location) in locations.enumerated() {
            let prefix: String
            let isFinal: Bool
            switch location.match {
            case .prefix(let text): (prefix, isFinal) = (text, false)
            case .prefixFinal(let text): (prefix, isFinal) = (text, true)
            case .exact, .pattern: continue
            }
            guard path.hasPrefix(prefix), prefix.utf8.count > longest?.bytes ?? -1 else { continue }
            longest = (index, prefix.utf8.count, isFinal)
        }
        if longest?.isFinal != true, let pattern = firstPattern(matching: path, in: locations) {
            return pattern
        }
        return longest?.index
    }

    private static func firstPattern(matching path: String, in locations: [LocationPolicy]) -> Int? {
        let matcher = PatternMatcher()
        var subject = ByteBuffer()
        subject.append(path)
        return locations.firstIndex { location in
            guard case .pattern(let bytes) = location.match else { return false }
            var program = ByteBuffer()
            program.append(contentsOf: bytes)
            guard let compiled = try? PatternProgram(validating: program.view) else { return false }
            defer { matcher.forgetAll() }
            return matcher.matches(compiled, subject.view)
        }
    }
}
