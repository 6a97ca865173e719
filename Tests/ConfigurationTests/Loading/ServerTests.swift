import RuleStore
import Testing

@testable import Configuration

@Suite("Servers: listen, server_name, location")
struct ServerTests {
    static func listeners(_ text: String, defaultPort: UInt16 = 80) throws -> [String] {
        try load(http(text), defaultPort: defaultPort).get().policy.listeners.map {
            "\($0.address) \($0.defaultServer) \($0.servers)"
        }
    }

    @Test(arguments: [
        ("server { }", ["0.0.0.0:80 0 [0]"]),
        (
            "server { listen 8080; listen 127.0.0.1; listen 127.0.0.1:81; }",
            ["0.0.0.0:8080 0 [0]", "127.0.0.1:80 0 [0]", "127.0.0.1:81 0 [0]"]
        ),
        (
            "server { listen [::]:80; listen [::1]; listen *; listen *:81; }",
            ["[::]:80 0 [0]", "[::1]:80 0 [0]", "0.0.0.0:80 0 [0]", "0.0.0.0:81 0 [0]"]
        ),
        ("server { listen unix:/run/w.sock; }", ["unix:/run/w.sock 0 [0]"]),
        ("server { listen localhost:81; }", ["127.0.0.1:81 0 [0]", "[::1]:81 0 [0]"]),
        (
            "server { server_name a; } server { server_name b; listen *:80 default_server; listen 81; }",
            ["0.0.0.0:80 1 [0, 1]", "0.0.0.0:81 1 [1]"]
        ),
    ]) func listen(_ text: String, _ want: [String]) throws { #expect(try Self.listeners(text) == want) }

    @Test func theDefaultPortIsTheCallers() throws {
        #expect(
            try Self.listeners("server { } server { listen 1.1.1.1; }", defaultPort: 8_000)
                == ["0.0.0.0:8000 0 [0]", "1.1.1.1:8000 1 [1]"])
    }

    @Test func twoDefaultsAreRefused() {
        let text =
            "http { server { listen 80 default_server; }\nserver { server_name b; listen *:80 default_server; } }"
        #expect(
            report(text)
                == "wafd.conf:2:25: error: the default server of 0.0.0.0:80 is a duplicate of that at wafd.conf:1:17"
        )
    }

    @Test func names() throws {
        let found = try loaded(
            http(
                "server { server_name A.example *.b.example; server_name c.* .d.example _; } server { listen 81; }"
            ))
        #expect(
            found.policy.servers[0].names == [
                .exact("a.example"), .leadingWildcard(".b.example"), .trailingWildcard("c."),
                .exact("d.example"),
                .leadingWildcard(".d.example"), .exact("_"),
            ])
        #expect(found.policy.servers[1].names == [.exact("")])
        #expect(found.warnings.isEmpty)
    }

    @Test func namesThatAreTakenAreWarnedOf() {
        let text = """
            server { server_name a b; listen 80; listen 81; }
            server { server_name c *.b B; listen 81; }
            server { server_name a; listen 82; }
            server { server_name a/b; listen 83; }
            server { listen 83; }
            server { listen 83; }
            """
        #expect(
            report("http {\n\(text)\n}") == """
                wafd.conf:3:28: warning: server name "b" is taken on 0.0.0.0:81 by an earlier server and is ignored here
                wafd.conf:5:22: warning: server name "a/b" holds characters that no host has
                wafd.conf:7:1: warning: server name "" is taken on 0.0.0.0:83 by an earlier server and is ignored here
                """)
    }

    @Test func locations() throws {
        let text =
            #"location = /e { } location /p { } location ^~ /f { } location ~ \.php$ { } location ~* "\.JPG{1,2}$" { } location =/g { } location ^~/h { } location ~*x { } location ~y { } location = /p { }"#
        let found = try loaded(server(text))
        let matches = found.policy.servers[0].locations.map { location in
            switch location.match {
            case .exact(let path): "= \(path)"
            case .prefix(let path): path
            case .prefixFinal(let path): "^~ \(path)"
            case .pattern(let program): program.isEmpty ? "nothing" : "pattern"
            }
        }
        #expect(
            matches == [
                "= /e", "/p", "^~ /f", "pattern", "pattern", "= /g", "^~ /h", "pattern", "pattern", "= /p",
            ])
    }

    @Test func aLocationThatNeverMatchesIsWarnedOf() {
        #expect(
            report(server("location a { }"))
                == #"wafd.conf:1:26: warning: location "a" does not start with "/" and never matches"#)
    }
}
