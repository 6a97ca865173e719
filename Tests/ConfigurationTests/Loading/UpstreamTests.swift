import RuleStore
import Testing

@testable import Configuration

@Suite("Upstreams: nginx.org, ngx_http_upstream_module")
struct UpstreamTests {
    static func upstream(_ block: String) -> Result<UpstreamPolicy, ConfigurationErrors> {
        load(http("upstream app { \(block) } server { }")).map { $0.policy.upstreams[0] }
    }

    @Test func serversAndParameters() throws {
        let found = try Self.upstream(
            """
            server 10.0.0.1; server 10.0.0.2:8080 weight=5 max_fails=0 fail_timeout=1m30s;
            server unix:/run/app.sock down; server [::1]:81 backup; keepalive 16;
            """
        ).get()
        var second = UpstreamPolicy.Server(address: ListenAddress(host: "10.0.0.2", port: 8_080))
        (second.weight, second.maxFails, second.failTimeoutMilliseconds) = (5, 0, 90_000)
        var third = UpstreamPolicy.Server(address: ListenAddress(host: "unix:/run/app.sock", port: 0))
        third.isDown = true
        var fourth = UpstreamPolicy.Server(address: ListenAddress(host: "::1", port: 81))
        fourth.isBackup = true
        let first = UpstreamPolicy.Server(address: ListenAddress(host: "10.0.0.1", port: 80))
        #expect(found.servers == [first, second, third, fourth])
        #expect(found.name == "app")
        #expect(found.keptConnections == 16)
        #expect(
            try Self.upstream("server 10.0.0.1;").get().keptConnections
                == UpstreamRegistry.defaultKeptConnections)
    }

    @Test func aHostStandsForAllItsAddresses() throws {
        let found = try Self.upstream("server app.example:81 weight=2;").get()
        #expect(found.servers.map(\.address.description) == ["192.0.2.10:81", "[2001:db8::10]:81"])
        #expect(found.servers.map(\.weight) == [2, 2])
    }

    @Test(arguments: [
        ("", #"1:17: error: upstream "app" has no server that is not a backup"#),
        ("server 1.1.1.1 backup;", #"1:17: error: upstream "app" has no server that is not a backup"#),
        (
            "server 1.1.1.1 weight=0;",
            #"1:38: error: bad value of "server": expected weight= and a number from 1 to 65535, found "weight=0""#
        ),
        (
            "server 1.1.1.1 weight=65536;",
            #"1:38: error: bad value of "server": expected weight= and a number from 1 to 65535, found "weight=65536""#
        ),
        (
            "server 1.1.1.1 max_fails=-1;",
            #"1:38: error: bad value of "server": expected max_fails= and a number from 0 to 1000000, found "max_fails=-1""#
        ),
        (
            "server 1.1.1.1 fail_timeout=x;",
            #"1:38: error: bad value of "server": expected fail_timeout= and a time such as 10s, found "fail_timeout=x""#
        ),
        (
            "server 1.1.1.1 down=1;",
            #"1:38: error: unknown parameter "down=1" of "server", expected "weight=N", "max_fails=N", "fail_timeout=TIME", "backup", "down""#
        ),
        ("server nowhere.example;", #"1:30: error: host of "server" not found: "nowhere.example""#),
        ("server broken.example;", #"1:30: error: host of "server" not found: "broken.example""#),
        ("server odd.example;", #"1:30: error: host of "server" not found: "odd.example""#),
        (
            "server http://a;",
            #"1:30: error: bad value of "server": expected HOST[:PORT], ADDRESS[:PORT] or unix:PATH, found "http://a""#
        ),
        (
            "server 1.1.1.1; keepalive 65537;",
            #"1:49: error: bad value of "keepalive": expected a number from 0 to 65536, found "65537""#
        ),
        ("server 1.1.1.1; ip_hash;", #"1:39: error: unknown directive "ip_hash""#),
    ]) func refused(_ block: String, _ want: String) {
        #expect(report(http("upstream app { \(block) } server { }")) == "wafd.conf:" + want)
    }

    @Test func namesAreUniqueAndPlain() {
        #expect(
            report(http("upstream app { server 1.1.1.1; } upstream APP { server 1.1.1.1; } server { }"))
                == #"wafd.conf:1:50: error: upstream "APP" is a duplicate of that at wafd.conf:1:17"#)
        #expect(
            report(http("upstream a:80 { server 1.1.1.1; } server { }"))
                == #"wafd.conf:1:17: error: bad value of "upstream": expected a name of letters, digits, "-", "_" and ".", found "a:80""#
        )
    }
}
