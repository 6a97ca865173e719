import Bytes
import RuleStore
import Testing

import Gateway

@Suite("Server names: nginx.org, Server names")
struct RouterNameTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var host: String
        var want: Int
        var testDescription: String { host }
    }

    static let names: [[ServerPolicy.Name]] = [
        [.exact("default.example")],
        [.exact("example.org"), .exact("www.example.org")],
        [.leadingWildcard(".example.org")],
        [.trailingWildcard("mail.")],
        [.leadingWildcard(".sub.example.org")],
        [.trailingWildcard("mail.example.")],
        [.exact("[::1]"), .exact("127.0.0.1")],
        [.exact("example.org"), .leadingWildcard(".example.org")],
        [.exact("_")],
    ]

    static let rows: [Row] = [
        Row(host: "example.org", want: 1),
        Row(host: "www.example.org", want: 1),
        Row(host: "WWW.EXAMPLE.ORG", want: 1),
        Row(host: "www.example.org:8080", want: 1),
        Row(host: "www.example.org.", want: 1),
        Row(host: "www.example.org.:80", want: 1),
        Row(host: "a.example.org", want: 2),
        Row(host: "a.b.example.org", want: 2),
        Row(host: "a.sub.example.org", want: 4),
        Row(host: "A.Sub.Example.Org:1", want: 4),
        Row(host: "sub.example.org", want: 2),
        Row(host: "mail.example.net", want: 5),
        Row(host: "mail.example.org", want: 2),
        Row(host: "mail.other.net", want: 3),
        Row(host: "mail.example", want: 3),
        Row(host: "mail.example.", want: 3),
        Row(host: "mail.", want: 0),
        Row(host: "mail", want: 0),
        Row(host: ".example.org", want: 0),
        Row(host: "xexample.org", want: 0),
        Row(host: "[::1]:80", want: 6),
        Row(host: "[::1]", want: 6),
        Row(host: "[::2]", want: 0),
        Row(host: "127.0.0.1:80", want: 6),
        Row(host: "_", want: 8),
        Row(host: "", want: 0),
        Row(host: ".", want: 0),
        Row(host: ":80", want: 0),
        Row(host: "[", want: 0),
        Row(host: "unknown.example", want: 0),
        Row(host: String(repeating: "a.", count: 4_000), want: 0),
        Row(host: String(repeating: "a.", count: 4_000) + "example.org", want: 2),
        Row(host: "mail." + String(repeating: "a.", count: 4_000), want: 3),
    ]

    static func router(_ names: [[ServerPolicy.Name]], defaultServer: Int) throws -> Router {
        var policy = GatewayPolicy()
        policy.servers = names.map {
            var server = ServerPolicy()
            server.names = $0
            return server
        }
        policy.listeners = [
            ListenerPolicy(
                address: ListenAddress(host: "0.0.0.0", port: 80), defaultServer: defaultServer,
                servers: Array(names.indices)),
            ListenerPolicy(address: ListenAddress(host: "0.0.0.0", port: 81), defaultServer: 2, servers: [2]),
        ]
        return try Router(policy)
    }

    static func server(_ router: Router, listener: Int = 0, host: String) -> Int {
        var buffer = ByteBuffer()
        buffer.append(host)
        return router.server(listener: listener, host: buffer.view)
    }

    @Test(arguments: rows) func chosen(_ row: Row) throws {
        let router = try Self.router(Self.names, defaultServer: 0)
        #expect(Self.server(router, host: row.host) == row.want)
    }

    @Test func namesOfAnotherListenerDoNotCount() throws {
        let router = try Self.router(Self.names, defaultServer: 0)
        #expect(Self.server(router, listener: 1, host: "example.org") == 2)
    }

    @Test func theEmptyNameIsForRequestsWithoutAHost() throws {
        let router = try Self.router([[.exact("a.example")], [.exact("")], []], defaultServer: 0)
        #expect(Self.server(router, host: "") == 1)
        #expect(Self.server(router, host: "b.example") == 0)
    }

    @Test func manyNamesAreAllFound() throws {
        let names: [[ServerPolicy.Name]] = (0..<1_000).map {
            [.exact("h\($0).example"), .leadingWildcard(".w\($0).example"), .trailingWildcard("t\($0).")]
        }
        let router = try Self.router(names, defaultServer: 0)
        for index in names.indices {
            #expect(Self.server(router, host: "h\(index).example") == index)
            #expect(Self.server(router, host: "x.w\(index).example") == index)
            #expect(Self.server(router, host: "t\(index).example") == index)
        }
    }

    @Test func aServerThatIsNotThereIsRefused() {
        var policy = GatewayPolicy()
        policy.listeners = [
            ListenerPolicy(address: ListenAddress(host: "::1", port: 80), defaultServer: 0, servers: [])
        ]
        #expect(throws: RouterError.missingServer(listener: 0, server: 0)) { try Router(policy) }
    }
}
