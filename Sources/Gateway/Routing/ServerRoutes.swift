// The locations of one server, in nginx's order.

internal import Bytes

/// `=` first, then the longest prefix, whose `^~` ends the search; then the patterns in the order
/// of the configuration; else that longest prefix.
struct ServerRoutes: Sendable {
    private let exact: PrefixTable
    private let prefixes: PrefixTable
    /// By location: whether a prefix is `^~`, and whether requests are proxied from it.
    private let isFinal: [Bool]
    private let isProxied: [Bool]
    /// Locations with a pattern; the pattern of `patternLocations[i]` is program `i`.
    let patternLocations: [Int]

    init(
        exact: PrefixTable, prefixes: PrefixTable, isFinal: [Bool], isProxied: [Bool], patternLocations: [Int]
    ) {
        self.exact = exact
        self.prefixes = prefixes
        self.isFinal = isFinal
        self.isProxied = isProxied
        self.patternLocations = patternLocations
    }

    /// - Parameter matches: Whether pattern `i` matches the path.
    func match(_ path: ByteView, in bytes: ByteView, matches: (Int) -> Bool) -> RouteMatch {
        if let location = exact.whole(path, in: bytes) { return RouteMatch(location: location) }
        let longest = prefixes.longestPrefix(of: path, in: bytes)
        if longest?.isWhole != true, let slashed = proxiedLocationWithSlash(behind: path, in: bytes) {
            return RouteMatch(location: slashed, redirectsToSlash: true)
        }
        if let longest, isFinal[longest.location] { return RouteMatch(location: longest.location) }
        for index in patternLocations.indices where matches(index) {
            return RouteMatch(location: patternLocations[index])
        }
        return RouteMatch(location: longest?.location)
    }

    private func proxiedLocationWithSlash(behind path: ByteView, in bytes: ByteView) -> Int? {
        // nginx looks at `= /path/` before `/path/`.
        if let location = exact.entryWithSlash(behind: path, in: bytes), isProxied[location] {
            return location
        }
        guard let location = prefixes.entryWithSlash(behind: path, in: bytes), isProxied[location] else {
            return nil
        }
        return location
    }
}
