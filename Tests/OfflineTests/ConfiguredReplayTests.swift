// A whole configuration: server, location and rule set as the gateway chooses them.

import Gateway
import Offline
import Reports
import Testing

@Suite("Replay under a configuration") struct ConfiguredReplayTests {
    static let files = TestFiles(files: [
        "/c/wafd.conf": """
            http {
                upstream app { server app.internal:80; }
                waf_rules_file a.conf;
                server {
                    listen 80;
                    server_name shop.example *.shop.example;
                    client_max_body_size 4;
                    location / { proxy_pass http://app; }
                    location = /off { waf off; proxy_pass http://app; }
                    location /detect/ { waf detect; proxy_pass http://app; }
                    location /more { waf_rules_file b.conf; }
                }
                server { listen 8080; location / { proxy_pass http://app; } }
            }
            """,
        "/c/a.conf": #"SecRule ARGS:a "@streq x" "id:1,phase:1,deny,status:403""#,
        "/c/b.conf": #"SecRule ARGS:b "@streq x" "id:2,phase:1,deny,status:404""#,
    ])

    static func policy() throws -> OfflinePolicy {
        do {
            return try OfflinePolicy(configuration: "/c/wafd.conf", prefix: "", files: files, rules: files)
        } catch {
            Issue.record("\(error.lines)")
            throw error
        }
    }

    static func replay(_ request: String) throws -> ReplayReport {
        let exchange = try CaptureReader.read(Array(request.utf8), file: "q")[0]
        return Replayer(try policy(), ReplayOptions()).replay(exchange)
    }

    @Test(
        arguments: [
            ("www.shop.example", "/?a=x", "server shop.example, location /, on, 0", "block"),
            ("shop.example", "/off?a=x", "server shop.example, location = /off, off, 0", "pass"),
            ("shop.example", "/detect/?a=x", "server shop.example, location /detect/, detect, 0", "pass"),
            ("shop.example", "/more?b=x", "server shop.example, location /more, on, 1", "block"),
            ("shop.example", "/x/%2e%2e/more?b=x", "server shop.example, location /more, on, 1", "block"),
            ("a:8080", "/more?b=x", "server \"\", location /, on, 0", "pass"),
            ("shop.example", "/detect", "server shop.example, location /detect/, detect, 0", "pass"),
        ])
    func routes(_ host: String, _ target: String, _ place: String, _ outcome: String) throws {
        let report = try Self.replay("GET \(target) HTTP/1.1\r\nHost: \(host)\r\n\r\n")
        let found = try #require(report.place)
        #expect("\(found.title), \(found.inspection), \(found.ruleSet ?? -1)" == place)
        #expect(report.outcome.rawValue == outcome)
    }

    @Test func theGatewaysOwnAnswers() throws {
        let long = try Self.replay("POST / HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 5\r\n\r\n12345")
        #expect(long.refusal?.status == 413)
        let chunked = try Self.replay(
            "POST / HTTP/1.1\r\nHost: shop.example\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n0\r\n\r\n")
        #expect(chunked.refusal?.status == 413)
        let slash = try Self.replay("GET /detect HTTP/1.1\r\nHost: shop.example\r\n\r\n")
        #expect(slash.refusal?.status == 301 && slash.outcome == .pass)
        let nobody = try Self.replay("GET /more HTTP/1.1\r\nHost: shop.example\r\n\r\n")
        #expect(nobody.notes == ["the location has no proxy_pass: the gateway answers 404 once judged"])
    }

    @Test("a refused host is judged as the gateway does") func refused() throws {
        let report = try Self.replay("GET /?a=x HTTP/1.1\r\nHost: a b\r\n\r\n")
        #expect(report.refusal?.status == 400)
        #expect(report.matches.map(\.id) == [1])
    }

    @Test(
        "rule sets", arguments: [
            (RuleSetChoice.number(1), "1"), (.number(2), "error: there is no rule set 2: there are 2, counted from 0"),
            (.location("/more/x"), "1"), (.location("shop.example/"), "0"),
            (.location("more"), "error: expected host/path or /path, found \"more\""),
            (
                .only,
                """
                error: there are 2 rule sets, choose one by its number or by a location
                rule set 0: server shop.example; server shop.example, location /; server shop.example, location = /off; \
                server shop.example, location /detect/; server ""; server "", location /
                rule set 1: server shop.example, location /more
                """
            ),
        ])
    func choice(_ choice: RuleSetChoice, _ want: String) throws {
        let lookup = try Self.policy().lookup
        do throws(RuleSetChoiceError) {
            #expect("\(try lookup.ruleSet(choice))" == want)
        } catch {
            #expect(error.lines.joined(separator: "\n") == want)
        }
    }

    @Test func errorsOfBothLanguages() {
        var files = Self.files
        files.files["/c/a.conf"] = #"SecRule ARGZ "x" "id:1""#
        do throws(OfflinePolicyError) {
            _ = try OfflinePolicy(configuration: "/c/wafd.conf", prefix: "", files: files, rules: files)
            Issue.record("was compiled")
        } catch {
            // Both sets hold the file; its error is told once.
            #expect(error.lines.count == 1)
            #expect(error.lines[0].hasPrefix("/c/a.conf:1:9: error: unknown variable `ARGZ`, did you mean `ARGS`?\n"))
        }
        files.files["/c/wafd.conf"] = "htp { }"
        do throws(OfflinePolicyError) {
            _ = try OfflinePolicy(configuration: "wafd.conf", prefix: "/c", files: files, rules: files)
            Issue.record("was compiled")
        } catch {
            #expect(error.lines.first?.hasPrefix("/c/wafd.conf:1:1: error: ") == true)
        }
    }
}
