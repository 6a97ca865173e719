// Variables of the clock, the connection, the client and the engine.

import Bytes
import Inspection
import RuleStore
import Testing

@Suite("Variables: time, authentication, engine, rule, response") struct StateTests {
    /// 14 November 2023 22:13:20 UTC, a Tuesday; the harness runs two hours ahead of UTC.
    static let values: [(String, String)] = [
        ("TIME", "00:13:20"), ("TIME_DAY", "15"), ("TIME_EPOCH", "1700000000"), ("TIME_HOUR", "00"),
        ("TIME_MIN", "13"), ("TIME_MON", "11"), ("TIME_SEC", "20"), ("TIME_WDAY", "3"), ("TIME_YEAR", "2023"),
        ("DURATION", "0"), ("AUTH_TYPE", "Basic"), ("REMOTE_USER", "Aladdin"), ("REMOTE_HOST", "127.0.0.1"),
        ("USERAGENT_IP", "127.0.0.1"), ("PATH_INFO", "/p"), ("WEBAPPID", "shop"), ("SESSIONID", ""),
        ("HIGHEST_SEVERITY", "255"), ("MODSEC_BUILD", "020908900"), ("STATUS_LINE", ""),
        ("INBOUND_DATA_ERROR", "0"),
    ]

    @Test(arguments: values) func value(_ name: String, _ want: String) throws {
        var request = TestRequest("/p?q")
        request.headers.append(("Authorization", Array("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==".utf8)))
        let rules =
            "SecWebAppId shop\nSecRule \(name) \"@unconditionalMatch\" \"id:1,phase:1,pass,msg:'%{\(name)}'\""
        #expect(try matches(rules, request) == ["1 \(want)"])
    }

    @Test func severities() throws {
        let rules = """
            SecAction "id:1,phase:1,pass,severity:4,msg:'%{HIGHEST_SEVERITY}'"
            SecAction "id:2,phase:1,pass,severity:2,msg:'%{HIGHEST_SEVERITY}'"
            SecAction "id:3,phase:1,pass,severity:5,msg:'%{HIGHEST_SEVERITY}'"
            """
        #expect(try matches(rules) == ["1 4", "2 2", "3 2"])
    }

    @Test func ownRule() throws {
        let rules = """
            SecRule RULE:id "@streq 7" "id:7,phase:1,pass,rev:'2',severity:3,msg:'a',logdata:'b'"
            SecRule RULE "@unconditionalMatch" "id:8,phase:1,pass,rev:'2',msg:'%{MATCHED_VAR_NAME}=%{MATCHED_VAR}',chain"
            SecRule RULE:ID "@streq 8"
            """
        #expect(try matches(rules) == ["7 a", "8 RULE:id=8"])
    }

    @Test func statusLine() throws {
        let rules = "SecAction \"id:1,phase:3,pass,msg:'%{STATUS_LINE}'\""
        #expect(try matches(rules) == ["1 HTTP/1.1 200"])
    }

    @Test(arguments: [
        ("a=1; b=\"q;r\", c=3", "a=1 b=q;r c=3"), ("$Version=1; a=1; $Path=/", "a=1"), ("a", "a="),
        ("a = 1 ;", "a=1"),
        ("a=\"x", "a=x"), (";,", ""),
    ])
    func version1Cookies(_ field: String, _ want: String) throws {
        var request = TestRequest()
        request.headers.append(("Cookie", Array(field.utf8)))
        let rules = """
            SecCookieFormat 1
            SecRule REQUEST_COOKIES "@unconditionalMatch" "id:1,phase:1,pass,nolog,setvar:'tx.c=%{tx.c} %{MATCHED_VAR_NAME}=%{MATCHED_VAR}'"
            SecAction "id:2,phase:1,pass,msg:'%{tx.c}'"
            """
        let text = want.split(separator: " ").map { " REQUEST_COOKIES:\($0)" }.joined()
        #expect(try matches(rules, request) == ["2 \(text)"])
    }

    @Test func argumentsLimit() throws {
        for (limit, status) in [(2, 200), (1, 400)] {
            let outcome = try Harness(compiled("SecArgumentsLimit \(limit)\n")).send(TestRequest("/?a=1&b=2"))
            #expect((outcome.verdict.action == .deny ? outcome.verdict.status : 200) == status)
        }
    }
}
