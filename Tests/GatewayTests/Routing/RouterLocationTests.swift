import Automata
import Bytes
import RuleStore
import Testing

import Gateway

@Suite("Locations: nginx.org, location")
struct RouterLocationTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var path: String
        var want: Int?
        var redirects = false
        var testDescription: String { path }
    }

    static func location(_ match: LocationPolicy.Match, isProxied: Bool = false) -> LocationPolicy {
        var settings = LocationSettings()
        if isProxied {
            settings.proxy = ProxyTarget(destination: .upstream(0), hostText: TemplateText(literal: "app"))
        }
        return LocationPolicy(match: match, settings: settings)
    }

    static func pattern(_ text: String, isCaseless: Bool = false) throws -> LocationPolicy {
        var options = PatternOptions()
        options.isCaseless = isCaseless
        return location(.pattern(program: try PatternCompiler.compile(Array(text.utf8), options: options)))
    }

    static func router(_ locations: [LocationPolicy]) throws -> Router {
        var server = ServerPolicy()
        server.locations = locations
        var policy = GatewayPolicy()
        policy.servers = [ServerPolicy(), server]
        return try Router(policy)
    }

    static func match(_ router: Router, _ path: String) -> RouteMatch {
        var buffer = ByteBuffer()
        buffer.append(path)
        return router.location(server: 1, path: buffer.view, matcher: PatternMatcher())
    }

    /// The example of the documentation: locations A to E.
    @Test(arguments: [
        Row(path: "/", want: 0), Row(path: "/index.html", want: 1),
        Row(path: "/documents/document.html", want: 2), Row(path: "/images/1.gif", want: 3),
        Row(path: "/documents/1.jpg", want: 4), Row(path: "/documents/1.JPEG", want: 4),
        Row(path: "/documents", want: 1), Row(path: "/images", want: 1), Row(path: "/images/", want: 3),
    ]) func documentedExample(_ row: Row) throws {
        let router = try Self.router([
            Self.location(.exact("/")), Self.location(.prefix("/")), Self.location(.prefix("/documents/")),
            Self.location(.prefixFinal("/images/")),
            try Self.pattern(#"\.(gif|jpg|jpeg)$"#, isCaseless: true),
        ])
        #expect(Self.match(router, row.path) == RouteMatch(location: row.want))
    }

    static let orderRows: [Row] = [
        Row(path: "/a", want: 0),
        Row(path: "/a/", want: 1),
        Row(path: "/ab", want: 1),
        Row(path: "/abc", want: 2),
        Row(path: "/abcd.php", want: 3),
        Row(path: "/abcd.php5", want: 2),
        Row(path: "/z.php", want: 3),
        Row(path: "/z.PHP", want: 4),
        Row(path: "/z", want: nil),
        Row(path: "/final/x.php", want: 5),
        Row(path: "/final/deep/x.php", want: 3),
        Row(path: "/final/deep/x", want: 6),
        Row(path: "/second/first", want: 7),
        Row(path: "/first/second", want: 7),
    ]

    /// First of several patterns, `^~` only when it is the longest prefix, nothing at all.
    @Test(arguments: orderRows) func order(_ row: Row) throws {
        let router = try Self.router([
            Self.location(.exact("/a")), Self.location(.prefix("/a")), Self.location(.prefix("/abc")),
            try Self.pattern(#"\.php$"#), try Self.pattern(#"\.php$"#, isCaseless: true),
            Self.location(.prefixFinal("/final/")), Self.location(.prefix("/final/deep/")),
            try Self.pattern("first"), try Self.pattern("second"),
        ])
        #expect(Self.match(router, row.path) == RouteMatch(location: row.want))
    }

    static let redirectRows: [Row] = [
        Row(path: "/user", want: 0, redirects: true),
        Row(path: "/user/", want: 0),
        Row(path: "/users", want: 3),
        Row(path: "/plain", want: 3),
        Row(path: "/both", want: 5),
        Row(path: "/exact", want: 6, redirects: true),
        Row(path: "/same", want: 8),
        Row(path: "/user.php", want: 9),
    ]

    /// A proxied location that ends with a slash answers for its name without it.
    @Test(arguments: redirectRows) func redirect(_ row: Row) throws {
        let router = try Self.router([
            Self.location(.prefix("/user/"), isProxied: true), Self.location(.prefix("/plain/")),
            Self.location(.prefix("/both/"), isProxied: true), Self.location(.prefix("/"), isProxied: true),
            Self.location(.prefix("/user-"), isProxied: true), Self.location(.exact("/both")),
            Self.location(.exact("/exact/"), isProxied: true),
            Self.location(.prefix("/same/"), isProxied: true),
            Self.location(.prefix("/same")), try Self.pattern("^/user.php|^/user$"),
        ])
        #expect(
            Self.match(router, row.path) == RouteMatch(location: row.want, redirectsToSlash: row.redirects))
    }

    @Test func aServerWithoutLocationsHasItsOwnSettings() throws {
        let router = try Self.router([])
        #expect(Self.match(router, "/x") == RouteMatch(location: nil))
    }

    /// Prefixes over a small alphabet, against a plain search.
    @Test func prefixesAgreeWithAPlainSearch() throws {
        var random = FixedRandom(state: 7)
        for _ in 0..<60 {
            let prefixes = Array(Set((0..<24).map { _ in random.path(upTo: 5) })).sorted()
            let router = try Self.router(prefixes.map { Self.location(.prefix($0)) })
            for _ in 0..<60 {
                let path = random.path(upTo: 8)
                let longest = prefixes.indices.filter { path.hasPrefix(prefixes[$0]) }
                    .max { prefixes[$0].utf8.count < prefixes[$1].utf8.count }
                #expect(Self.match(router, path) == RouteMatch(location: longest), "\(path) in \(prefixes)")
            }
        }
    }

    @Test func aDamagedProgramIsRefused() {
        #expect(throws: RouterError.badPattern(server: 1, location: 0)) {
            try Self.router([Self.location(.pattern(program: [1, 2, 3]))])
        }
    }
}

/// A fixed sequence, so that a failure can be repeated.
private struct FixedRandom {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
    }

    mutating func path(upTo length: Int) -> String {
        var path = "/"
        for _ in 0..<next(length + 1) { path += ["a", "b", "/", "\u{7E}", "!"][next(5)] }
        return path
    }
}
