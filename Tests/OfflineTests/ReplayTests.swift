// One exchange through the engine: what is refused before, what rules say, what is told of it.

import Offline
import Reports
import Testing

@Suite("Replay") struct ReplayTests {
    static let rules = #"""
        SecDefaultAction "phase:2,log,deny,status:403"
        SecDefaultAction "phase:4,log,deny,status:502"
        SecAction "id:900,phase:1,nolog,pass,setvar:tx.score=0,setvar:tx.score_threshold=5"
        SecRule ARGS "@rx (?i)select" "id:1,phase:2,pass,t:none,t:urlDecodeUni,t:lowercase,severity:CRITICAL,\
            msg:'SQL in %{MATCHED_VAR_NAME}',setvar:'tx.score=+3'"
        SecRule TX:score "@ge %{tx.score_threshold}" "id:2,phase:2,block,msg:'score %{tx.score}'"
        SecRule REQUEST_METHOD "@streq DELETE" "id:3,phase:1,drop,chain"
            SecRule REQUEST_URI "@beginsWith /admin" ""
        SecRule RESPONSE_BODY "@contains secret" "id:4,phase:4,block,msg:'leak'"
        SecRule REQUEST_METHOD "@streq PUT" "id:5,phase:1,redirect:https://other.example/,status:302"
        SecRule RESPONSE_STATUS "@streq 500" "id:6,phase:3,deny,status:503"
        """#

    static func get(_ target: String, _ fields: String = "") -> String {
        "GET \(target) HTTP/1.1\r\nHost: a.example\r\n\(fields)\r\n"
    }

    @Test func goldenText() throws {
        let report = try replay(Self.rules, Self.get("/?a=SELECT%0a1&b=%2553elect"))
        #expect(
            ReplayText(width: 12).text(report) == #"""
                q: GET /?a=SELECT%0a1&b=%2553elect HTTP/1.1
                  from 127.0.0.1, rule files alone, waf on, rule set 0, phases 1, 2, 5
                  1  phase 2  CRITICAL  SQL in ARGS:a
                      ARGS:a = "select\x0a1"
                      +3 tx.score = 3
                  1  phase 2  CRITICAL  SQL in ARGS:b
                      ARGS:b = "select"
                      +3 tx.score = 6
                  2  phase 2  deny  score 6
                      TX:score = "6"
                  and 1 of rules with nolog
                  scores: score 6
                  thresholds: score_threshold 5
                  verdict: block, status 403, by rule 2 in phase 2
                """#)
        #expect(report.outcome == .block)
        #expect(report.log.count == 3 && report.log[2].contains("Access denied with code 403"))
    }

    @Test func aPass() throws {
        let report = try replay(
            Self.rules, Self.get("/?a=b"), response: "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nfine")
        #expect(report.phases == [1, 2, 3, 4, 5])
        #expect(report.responseStatus == 200)
        #expect(report.outcome == .pass && report.decision == nil && report.status == nil)
        #expect(ReplayText().text(report).hasSuffix("\n  verdict: pass"))
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var request: String
        var response: String?
        /// `action status rule phase`, or the status of the gateway's own answer with its reason.
        var want: String
        var testDescription: String { name }
    }

    static let html = "Content-Type: text/html\r\n"
    static let rows = [
        Row(
            name: "a chain, dropped", request: "DELETE /admin HTTP/1.1\r\nHost: a\r\n\r\n",
            want: "drop 403 3 1"),
        Row(
            name: "a redirection", request: "PUT / HTTP/1.1\r\nHost: a\r\n\r\n",
            want: "redirect 302 5 1 https://other.example/"),
        Row(
            name: "a form",
            request:
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 17\r\n\r\na=select&b=select",
            want: "deny 403 2 2"),
        Row(
            name: "a chunked form",
            request:
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n5\r\na=sel\r\nC\r\nect&b=select\r\n0\r\n\r\n",
            want: "deny 403 2 2"),
        Row(name: "HTTP/1.0", request: "GET /?a=select&b=select HTTP/1.0\r\n\r\n", want: "deny 403 2 2"),
        Row(
            name: "a leak", request: get("/"), response: "HTTP/1.1 200 OK\r\n\(html)\r\nthe secret",
            want: "deny 502 4 4"),
        Row(
            name: "a leak in chunks", request: get("/"),
            response:
                "HTTP/1.1 200 OK\r\n\(html)Transfer-Encoding: chunked\r\n\r\n4\r\nsecr\r\n2\r\net\r\n0\r\n\r\n",
            want: "deny 502 4 4"),
        Row(
            name: "a type that is not read", request: get("/"),
            response: "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nsecret", want: "pass"),
        Row(
            name: "an event stream", request: get("/"),
            response: "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nsecret", want: "pass"),
        Row(
            name: "a response's head", request: get("/"), response: "HTTP/1.1 500 No\r\n\(html)\r\n",
            want: "deny 503 6 3"),
        Row(
            name: "line feeds alone", request: "GET / HTTP/1.1\nHost: a\n\n",
            want: "400 bare_line_feed, in line 2 or before"),
        Row(
            name: "two lengths",
            request: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na",
            want: "400 repeated_content_length"),
        Row(name: "no host", request: "GET / HTTP/1.1\r\n\r\n", want: "400 missing_host"),
        Row(name: "a path above the root", request: get("/../x"), want: "400 the path can not be normalised"),
        Row(
            name: "a bad chunk",
            request: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            want: "400 invalid_chunk_size in the body"),
        Row(
            name: "a bad handshake",
            request: get(
                "/",
                "Connection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x\r\n"
            ), want: "400"),
    ]

    static func outcome(_ report: ReplayReport) -> String {
        if let refusal = report.refusal {
            return refusal.reason.hasPrefix("invalid WebSocket")
                ? "\(refusal.status)" : "\(refusal.status) \(refusal.reason)"
        }
        guard let decision = report.decision else { return report.outcome.rawValue }
        return "\(decision.action) \(decision.status) \(decision.ruleID) \(decision.phase)"
            + (decision.location.map { " \($0)" } ?? "")
    }

    @Test(arguments: rows) func verdict(_ row: Row) throws {
        let report = try replay(Self.rules, row.request, response: row.response)
        #expect(Self.outcome(report) == row.want)
        #expect((report.outcome == .pass) == (row.want == "pass"))
    }

    @Test func detectionOnly() throws {
        let report = try replay(
            Self.rules + "\nSecRuleEngine DetectionOnly\n", Self.get("/?a=select&b=select"))
        #expect(report.outcome == .pass && report.decision?.isEnforced == false)
        #expect(report.decision?.action == "deny")
        #expect(
            ReplayText().text(report).hasSuffix(
                "\n  verdict: pass; would block, status 403, by rule 2 in phase 2"))
        #expect(ReplayText().text(report).contains("  2  phase 2  deny (not enforced)  score 6"))
    }

    @Test("the links of a chain, and an open chain that is left out") func chains() throws {
        let report = try replay(Self.rules, "DELETE /admin/x HTTP/1.1\r\nHost: a\r\n\r\n")
        let match = try #require(report.matches.last)
        #expect(match.links.map(\.variable) == ["REQUEST_METHOD", "REQUEST_URI"])
        #expect(match.links.map(\.value) == ["DELETE", "/admin/x"])
        let open = try replay(Self.rules, "DELETE /x HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(open.matches.map(\.id) == [900])
    }

    @Test func trace() throws {
        var options = ReplayOptions()
        options.recordsTests = true
        options.clientAddress = "2001:db8::7"
        let report = try replay(Self.rules, Self.get("/?a=x"), options)
        #expect(report.client == "2001:db8::7")
        #expect(
            report.tests.map { "\($0.id) \($0.phase) \($0.variable) \($0.value) \($0.hasMatched)" } == [
                #"3 1 REQUEST_METHOD "GET" false"#, #"5 1 REQUEST_METHOD "GET" false"#,
                #"1 2 ARGS:a "x" false"#, #"2 2 TX:score "0" false"#,
            ])
        #expect(ReplayText().text(report).contains("  - 1, phase 2: ARGS:a = \"x\"\n"))
    }

    @Test func json() throws {
        let line = try replay(Self.rules, Self.get("/?a=select&b=select")).json.line
        #expect(
            line.hasPrefix(
                #"{"name":"q","request_line":"GET /?a=select&b=select HTTP/1.1","client":"127.0.0.1","#))
        #expect(
            line.contains(
                #""links":[{"number":0,"variable":"ARGS:a","value":"select","changes":[{"name":"tx.score","added":3,"value":"3"}]}]"#
            ))
        #expect(
            line.contains(
                #""scores":{"score":6},"thresholds":{"score_threshold":5},"decision":{"action":"deny","status":403,"rule":2,"phase":2,"location":null,"enforced":true,"stage":null},"outcome":"block","status":403,"#
            ))
    }

    @Test(
        "a body longer than the rules look at", arguments: [("Reject", "413"), ("ProcessPartial", "block")])
    func longBody(_ action: String, _ want: String) throws {
        let rules = Self.rules + "\nSecRequestBodyNoFilesLimit 4\nSecRequestBodyLimitAction \(action)\n"
        let body = "a=bcd&x=select&y=select"
        let report = try replay(
            rules,
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        )
        #expect(report.refusal.map { "\($0.status)" } ?? report.outcome.rawValue == want)
        #expect(report.notes.count == (want == "block" ? 1 : 0))
    }
}
