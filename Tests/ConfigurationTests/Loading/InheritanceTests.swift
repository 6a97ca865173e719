import RuleStore
import Testing

@testable import Configuration

@Suite("Inheritance: http, server, location")
struct InheritanceTests {
    static let rules = [
        "/etc/wafd/rules/a.conf": "", "/etc/wafd/rules/b.conf": "", "/etc/wafd/rules/c.conf": "",
    ]

    static func settings(_ text: String) throws -> (server: LocationSettings, locations: [LocationSettings]) {
        let found = try loaded(text, files: rules)
        let server = try #require(found.policy.servers.first)
        return (server.settings, server.locations.map(\.settings))
    }

    @Test func valuesComeFromTheNearestLevel() throws {
        let found = try Self.settings(
            http(
                """
                send_timeout 1s; client_max_body_size 10m;
                server {
                    location /a { send_timeout 3s; client_max_body_size 0; }
                    location /b { }
                    send_timeout 2s;
                }
                client_body_timeout 4s;
                """))
        #expect(found.server.clientSendTimeoutMilliseconds == 2_000)
        #expect(found.locations.map(\.clientSendTimeoutMilliseconds) == [3_000, 2_000])
        #expect(found.locations.map(\.maxBodyBytes) == [0, 10 << 20])
        #expect(found.locations.map(\.clientBodyTimeoutMilliseconds) == [4_000, 4_000])
    }

    @Test func everyValue() throws {
        let found = try Self.settings(
            http(
                """
                client_header_timeout 1ms; client_body_timeout 2ms; send_timeout 3ms; keepalive_timeout 0;
                proxy_connect_timeout 4ms; proxy_read_timeout 5ms; proxy_send_timeout 6ms; proxy_http_version 1.1;
                client_max_body_size 7; waf detect; waf_rules_file rules/a.conf; waf_response_hold 8ms; waf_request_coding refuse;
                waf_websocket on; waf_websocket_max_message 9k; waf_websocket_max_frame 10;
                waf_websocket_types text; waf_websocket_deflate strip; access_log logs/a; waf_audit_log /b;
                waf_websocket_action drop; waf_websocket_protocol stomp; waf_websocket_malformed inspect;
                waf_websocket_origins HTTPS://A.example *.b.example none; waf_websocket_subprotocols v12.stomp;
                waf_websocket_rate 11/s; waf_websocket_byte_rate 12k/s; waf_websocket_max_fragments 13;
                waf_websocket_idle_timeout 14ms;
                server { }
                """))
        var want = LocationSettings()
        want.clientHeaderTimeoutMilliseconds = 1
        want.clientBodyTimeoutMilliseconds = 2
        want.clientSendTimeoutMilliseconds = 3
        want.keepAliveTimeoutMilliseconds = 0
        want.connectTimeoutMilliseconds = 4
        want.readTimeoutMilliseconds = 5
        want.sendTimeoutMilliseconds = 6
        want.maxBodyBytes = 7
        want.inspection = .detect
        want.ruleSet = 0
        want.refusesCodedRequests = true
        want.responseHoldMilliseconds = 8
        want.webSocketInspection = .on
        want.maxMessageBytes = 9 << 10
        want.maxFrameBytes = 10
        want.acceptsBinaryMessages = false
        want.allowsDeflate = false
        want.accessLogs = [AccessLogTarget(path: "/srv/wafd/logs/a", format: 0)]
        want.auditLog = .directive(path: "/b")
        want.messages.denial = .drop
        want.messages.format = .stomp
        want.messages.closesMalformed = false
        want.messages.origins = ["https://a.example", "*.b.example"]
        want.messages.acceptsNoOrigin = true
        want.messages.subprotocols = ["v12.stomp"]
        want.messages.messagesPerSecond = 11
        want.messages.bytesPerSecond = 12 << 10
        want.messages.maxFragments = 13
        want.messages.idleMilliseconds = 14
        #expect(found.server == want)
    }

    @Test func withoutDirectivesAllDefaultsHold() throws {
        #expect(try Self.settings(server("")).server == LocationSettings())
    }

    struct ModeRow: Sendable, CustomTestStringConvertible {
        var text: String
        var inspection: LocationSettings.InspectionMode
        var webSocket: LocationSettings.InspectionMode
        var testDescription: String { text }
    }

    @Test(arguments: [
        ModeRow(text: "server { location / { } }", inspection: .off, webSocket: .off),
        ModeRow(text: "waf_websocket_rate 1/s; server { location / { } }", inspection: .off, webSocket: .on),
        ModeRow(
            text: "waf off; waf_websocket_rate 1/s; server { location / { } }", inspection: .off, webSocket: .off),
        ModeRow(
            text: "waf_websocket_rate 1/s; waf_websocket detect; server { location / { } }", inspection: .off,
            webSocket: .detect),
        ModeRow(
            text: "waf_rules_file rules/a.conf; server { location / { } }", inspection: .on, webSocket: .on),
        ModeRow(
            text: "server { location / { waf_rules_file rules/a.conf; } }", inspection: .on, webSocket: .on),
        ModeRow(
            text: "waf off; server { location / { waf_rules_file rules/a.conf; } }", inspection: .off,
            webSocket: .off),
        ModeRow(
            text: "waf detect; server { location / { waf_rules_file rules/a.conf; } }", inspection: .detect,
            webSocket: .detect),
        ModeRow(
            text: "waf_rules_file rules/a.conf; server { waf detect; location / { waf on; } }",
            inspection: .on, webSocket: .on),
        ModeRow(
            text: "waf_rules_file rules/a.conf; waf_websocket detect; server { location / { } }",
            inspection: .on, webSocket: .detect),
        ModeRow(
            text:
                "waf_rules_file rules/a.conf; waf_websocket off; server { location / { waf_websocket on; waf detect; } }",
            inspection: .detect, webSocket: .on),
        ModeRow(
            text: "waf_rules_file rules/a.conf; server { location / { waf_rules_file off; } }",
            inspection: .off, webSocket: .off),
        ModeRow(text: "waf_websocket on; server { location / { } }", inspection: .off, webSocket: .on),
    ]) func modes(_ row: ModeRow) throws {
        let location = try #require(try Self.settings(http(row.text)).locations.first)
        #expect(location.inspection == row.inspection)
        #expect(location.webSocketInspection == row.webSocket)
    }

    @Test func theLongestFrameIsTheLongestMessageUnlessSet() throws {
        let found = try Self.settings(
            server(
                """
                waf_websocket_max_message 2m; location /a { } location /b { waf_websocket_max_message 3m; }
                location /c { waf_websocket_max_frame 4k; }
                """))
        #expect(found.locations.map(\.maxFrameBytes) == [2 << 20, 3 << 20, 4 << 10])
    }

    @Test func typesAndDeflateMayBeSetBack() throws {
        let found = try Self.settings(
            server(
                """
                waf_websocket_types binary; waf_websocket_deflate strip; location /a { }
                location /b { waf_websocket_types both; waf_websocket_deflate inspect; }
                """))
        #expect(found.locations.map(\.acceptsTextMessages) == [false, true])
        #expect(found.locations.map(\.acceptsBinaryMessages) == [true, true])
        #expect(found.locations.map(\.allowsDeflate) == [false, true])
    }

    @Test func headersAreInheritedOnlyWhereNoneAreSet() throws {
        let found = try Self.settings(
            http(
                """
                proxy_set_header X-A a; proxy_set_header X-B "";
                server {
                    location /inherits { }
                    location /own { proxy_set_header X-C $remote_addr; }
                    location /idiom { proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; }
                }
                """))
        let inherited = [
            ProxyHeader(name: "X-A", value: TemplateText(literal: "a")),
            ProxyHeader(name: "X-B", value: TemplateText(literal: "")),
        ]
        let own = [ProxyHeader(name: "X-C", value: TemplateText(parts: [.variable(.remoteAddress)]))]
        #expect(found.locations.map(\.proxyHeaders) == [inherited, own, []])
    }

    @Test func linesThatTheGatewayOverrulesAreWarnedOf() {
        let idiom =
            "proxy_set_header Connection \"\"; proxy_set_header connection Upgrade; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $http_connection;"
        #expect(report(server(idiom)) == "")
        #expect(
            report(server("proxy_set_header Connection close;"))
                == #"wafd.conf:1:17: warning: "proxy_set_header Connection" has no effect: the gateway itself writes Connection and Upgrade"#
        )
    }

    @Test func rulesOfTheParentComeFirstAndEqualListsAreOne() throws {
        let found = try loaded(
            http(
                """
                waf_rules_file rules/b.conf;
                server {
                    location /0 { } location /1 { waf_rules_file rules/a.conf; }
                    location /2 { waf_rules_file rules/a.conf; } location /3 { waf_rules_file off; }
                    location /4 { waf_rules_file rules/c.conf; waf_rules_file rules/a.conf; }
                    location /5 { waf_rules_file off; waf_rules_file rules/?.conf; }
                }
                server { listen 81; }
                """), files: Self.rules)
        let paths = found.ruleSets.map { $0.map { String($0.path.dropFirst("/etc/wafd/rules/".count)) } }
        #expect(
            paths == [
                ["b.conf"], ["b.conf", "a.conf"], ["b.conf", "c.conf", "a.conf"],
                ["a.conf", "b.conf", "c.conf"],
            ])
        #expect(found.policy.ruleSetCount == 4)
        #expect(found.policy.servers[0].locations.map(\.settings.ruleSet) == [0, 1, 1, nil, 2, 3])
        #expect(found.policy.servers.map(\.settings.ruleSet) == [0, 0])
        #expect(found.ruleSets[0][0].location.description == "/etc/wafd/wafd.conf:1:23")
    }

    @Test func inspectionWithoutRulesAndPatternsWithoutFilesAreWarnedOf() {
        #expect(
            report(server("waf on; location /a { } location /b { waf off; }"))
                == #"wafd.conf:1:17: warning: "waf" is on, but no "waf_rules_file" holds here: nothing will be found"#
        )
        #expect(
            report(server("waf_rules_file none/*.conf;"))
                == #"wafd.conf:1:32: warning: no file matches "none/*.conf""#)
    }
}
