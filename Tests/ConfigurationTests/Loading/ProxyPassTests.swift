import RuleStore
import Testing

@testable import Configuration

@Suite("proxy_pass: nginx.org, ngx_http_proxy_module")
struct ProxyPassTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var location = "/p/"
        var url: String
        /// Destination, host text, URI, replaced bytes.
        var want: String
        var testDescription: String { "\(location) \(url)" }
    }

    static func text(_ template: TemplateText) -> String {
        template.parts.map { part in
            switch part {
            case .literal(let text): text
            case .variable(let variable): "<\(variable)>"
            }
        }.joined()
    }

    static let rows: [Row] = [
        Row(url: "http://app", want: "app app - -"),
        Row(url: "http://APP", want: "app APP - -"),
        Row(url: "HTTP://app/", want: "app app / 3"),
        Row(url: "http://app/v2/?x=1", want: "app app /v2/?x=1 3"),
        Row(location: "= /exact", url: "http://app/x", want: "app app /x 6"),
        Row(location: "^~ /é", url: "http://app/x", want: "app app /x 3"),
        Row(location: "~ x", url: "http://app", want: "app app - -"),
        Row(url: "http://127.0.0.1", want: "127.0.0.1:80=127.0.0.1:80 127.0.0.1 - -"),
        Row(url: "http://127.0.0.1:80", want: "127.0.0.1:80=127.0.0.1:80 127.0.0.1 - -"),
        Row(url: "http://127.0.0.1:9101", want: "127.0.0.1:9101=127.0.0.1:9101 127.0.0.1:9101 - -"),
        Row(url: "http://[::1]:8080/a", want: "[::1]:8080=[::1]:8080 [::1]:8080 /a 3"),
        Row(url: "http://one.example:81", want: "one.example:81=192.0.2.1:81 one.example:81 - -"),
        Row(url: "http://unix:/run/a.sock", want: "unix:/run/a.sock=unix:/run/a.sock localhost - -"),
        Row(
            url: "http://unix:/run/a.sock:/uri/", want: "unix:/run/a.sock=unix:/run/a.sock localhost /uri/ 3"),
        Row(url: "http://unix:/run/a.sock:", want: "unix:/run/a.sock=unix:/run/a.sock localhost - -"),
        Row(url: "http://app$request_uri", want: "app app <requestURI> -"),
        Row(
            url: "http://127.0.0.1:9101$request_uri",
            want: "127.0.0.1:9101=127.0.0.1:9101 127.0.0.1:9101 <requestURI> -"),
        Row(location: "~ x", url: "http://app/x$is_args$args", want: "app app /x<isArgs><args> -"),
        Row(url: "http://$host", want: "<host> <host> - -"),
        Row(url: "http://$host:8080$uri", want: "<host>:8080 <host>:8080 <uri> -"),
        Row(
            location: "~ x", url: "http://$http_backend/fixed",
            want: "<requestField(\"backend\")> <requestField(\"backend\")> /fixed -"),
        Row(
            url: "http://a-${arg_shard}.local:81/x/$arg_id",
            want: "a-<argument(\"shard\")>.local:81 a-<argument(\"shard\")>.local:81 /x/<argument(\"id\")> -"),
    ]

    @Test(arguments: rows) func target(_ row: Row) throws {
        let found = try loaded(
            http(
                "server { location \(row.location) { proxy_pass \(row.url); } } upstream app { server 10.0.0.1; }"
            ))
        let proxy = try #require(found.policy.servers[0].locations[0].settings.proxy)
        let destination: String
        switch proxy.destination {
        case .upstream(let index):
            let upstream = found.policy.upstreams[index]
            let addresses = upstream.servers.map(\.address.description).joined(separator: ",")
            destination = upstream.name == "app" ? "app" : "\(upstream.name)=\(addresses)"
        case .variable(let template): destination = Self.text(template)
        }
        let parts = [
            destination, Self.text(proxy.hostText), proxy.uri.map(Self.text) ?? "-",
            proxy.replacedPrefixBytes.map { "\($0)" } ?? "-",
        ]
        #expect(parts.joined(separator: " ") == row.want)
    }

    @Test(arguments: [
        ("https://app", #""proxy_pass": "https://" is not supported, expected "http://""#),
        (
            "ftp://app",
            #"bad value of "proxy_pass": expected a URL that starts with "http://", found "ftp://app""#
        ),
        (
            "$scheme://app",
            #"bad value of "proxy_pass": expected a URL that starts with "http://", found "$scheme://app""#
        ),
        ("http://", #"bad value of "proxy_pass": expected a host behind "http://", found "http://""#),
        ("http:///a", #"bad value of "proxy_pass": expected a host behind "http://", found "http:///a""#),
        ("http://app:80", #""proxy_pass": upstream "app" has ports of its own, expected none"#),
        (
            "http://a.b:0",
            #"bad value of "proxy_pass": expected http://HOST[:PORT][URI], found "http://a.b:0""#
        ),
        (
            "http://u:p@a.b",
            #"bad value of "proxy_pass": expected http://HOST[:PORT][URI], found "http://u:p@a.b""#
        ),
        ("http://nowhere.example", #"host of "proxy_pass" not found: "nowhere.example""#),
        ("http://app/$nosuch", #"unknown variable "$nosuch""#),
        ("http://app/${uri", #"bad variable in "app/${uri": expected "$name" or "${name}""#),
        (
            "\"http://app/a b\"",
            ##"bad value of "proxy_pass": expected a URL without blanks, controls, "#" and bytes above ASCII, found "http://app/a b""##
        ),
        (
            "http://app/a\\r\\nX:y",
            ##"bad value of "proxy_pass": expected a URL without blanks, controls, "#" and bytes above ASCII, found "http://app/a\x0d\x0aX:y""##
        ),
    ]) func refused(_ url: String, _ want: String) {
        let text = http("server { location / { proxy_pass \(url); } } upstream app { server 10.0.0.1; }")
        #expect(report(text) == "wafd.conf:1:41: error: " + want)
    }

    @Test func aURIInAPatternLocationIsRefused() {
        #expect(
            report(http("server { location ~ x { proxy_pass http://1.1.1.1/; } }"))
                == #"wafd.conf:1:43: error: "proxy_pass": a URI part is not possible in a location given by a pattern, unless it has variables"#
        )
    }

    @Test func equalAddressesShareOneUpstream() throws {
        let found = try loaded(
            server(
                "location /a { proxy_pass http://One.example; } location /b { proxy_pass http://one.example:80/x; } location /c { proxy_pass http://one.example:81; }"
            ))
        #expect(found.policy.upstreams.map(\.name) == ["one.example:80", "one.example:81"])
    }
}
