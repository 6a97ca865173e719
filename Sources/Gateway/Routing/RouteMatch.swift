// Where a request goes.

/// What the router found for a path.
package struct RouteMatch: Equatable, Sendable {
    /// Index into the server's locations; nil: no location matches and the server's own settings hold.
    package var location: Int?
    /// The path is that of a proxied location but for the slash at its end, and no location has
    /// this very path: nginx answers 301 to the path with the slash (documentation of `location`).
    package var redirectsToSlash = false

    package init(location: Int?, redirectsToSlash: Bool = false) {
        self.location = location
        self.redirectsToSlash = redirectsToSlash
    }
}

/// Why a policy can not be routed by.
package enum RouterError: Error, Equatable, Sendable {
    /// The pattern of a location is no program that this version can run.
    case badPattern(server: Int, location: Int)
    /// A listener names a server that is not there.
    case missingServer(listener: Int, server: Int)
}
