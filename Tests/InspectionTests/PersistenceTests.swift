// Persistent collections over several requests, as in ModSecurity 2.

import Bytes
import Inspection
import RuleStore
import SharedDictionary
import Testing

@Suite("Persistent collections") struct PersistenceTests {
    static func ip(_ actions: String, id: Int = 1) -> String {
        "SecAction \"id:\(id),phase:1,pass,nolog,initcol:ip=%{REMOTE_ADDR}\(actions.isEmpty ? "" : ",")\(actions)\"\n"
    }

    static func show(_ text: String, id: Int = 9) -> String {
        "SecAction \"id:\(id),phase:1,pass,msg:'\(text)'\"\n"
    }

    /// Rules, seconds before each request, and what the last rule says on each.
    static let rows: [(name: String, rules: String, pauses: [Int], want: [String])] = [
        ("a counter counts", ip("setvar:ip.n=+1") + show("%{ip.n}"), [0, 0, 0], ["1", "2", "3"]),
        ("below zero is zero", ip("setvar:ip.n=-5") + show("[%{ip.n}]"), [0, 0], ["[0]", "[0]"]),
        ("a text counts as its leading number", ip("setvar:ip.n=7up,setvar:ip.n=+1") + show("%{ip.n}"), [0], ["8"]),
        ("texts are kept", ip("") + show("[%{ip.t}]") + "SecAction \"id:2,phase:5,pass,nolog,setvar:'ip.t=a b %{REQUEST_METHOD}'\"\n", [0, 0], ["[]", "[a b GET]"]),
        ("a removed member is gone", ip("setvar:ip.n=+1,setvar:ip.m=1,setvar:!ip.m") + show("%{ip.n}[%{ip.m}]"), [0, 0], ["1[]", "2[]"]),
        ("without KEY the record is no more", ip("setvar:ip.n=+1") + show("%{ip.n}") + "SecAction \"id:2,phase:5,pass,nolog,setvar:!ip.KEY\"\n", [0, 0], ["1", "1"]),
        ("expirevar", ip("") + show("[%{ip.n}]") + "SecAction \"id:2,phase:1,pass,nolog,setvar:ip.n=+1,expirevar:ip.n=60\"\n", [0, 59, 1, 60], ["[]", "[1]", "[2]", "[]"]),
        ("expirevar before setvar", ip("expirevar:ip.n=10,setvar:ip.n=1") + show("[%{ip.n}]"), [0], ["[1]"]),
        ("a record ends a time-out after its last change", "SecCollectionTimeout 100\n" + ip("setvar:ip.n=+1") + show("%{ip.n}"), [0, 99, 99, 100, 1], ["1", "2", "3", "1", "2"]),
        ("reading does not prolong it", "SecCollectionTimeout 100\n" + ip("") + "SecRule &IP:n \"@eq 0\" \"id:2,phase:1,pass,nolog,setvar:ip.n=1\"\n" + show("%{ip.IS_NEW}"), [0, 50, 50], ["1", "", "1"]),
        ("TIMEOUT is the record's own", ip("setvar:ip.n=+1,setvar:ip.TIMEOUT=10") + show("%{ip.n} %{ip.TIMEOUT}"), [0, 9, 10], ["1 10", "2 10", "1 10"]),
        ("the engine's own members", ip("setvar:ip.n=1") + show("%{ip.IS_NEW}|%{ip.KEY}|%{ip.CREATE_TIME}|%{ip.LAST_UPDATE_TIME}|%{ip.UPDATE_COUNTER}|%{ip.UPDATE_RATE}|%{ip.TIMEOUT}"), [0, 30, 30], ["1|127.0.0.1|1700000000||0||3600", "|127.0.0.1|1700000000|1700000000|1|2|3600", "|127.0.0.1|1700000000|1700000030|2|2|3600"]),
        ("deprecatevar", ip("deprecatevar:ip.n=10/60") + show("[%{ip.n}]") + "SecAction \"id:2,phase:1,pass,nolog,setvar:ip.n=+100\"\n", [0, 59, 61, 600, 100_000], ["[]", "[100]", "[190]", "[190]", "[]"]),
        ("counts and regular expressions", ip("setvar:ip.c_a=1,setvar:ip.c_b=2,setvar:ip.d=3") + "SecRule &IP:/^C_/ \"@eq 2\" \"id:2,phase:1,pass,nolog,setvar:tx.n=+1\"\nSecRule IP:/^c_/|!IP:c_b \"@eq 1\" \"id:3,phase:1,pass,nolog,setvar:tx.n=+1\"\nSecRule &IP:zz \"@eq 0\" \"id:4,phase:1,pass,nolog,setvar:tx.n=+1\"\n" + show("%{tx.n}"), [0, 0], ["3", "3"]),
        ("names keep their first spelling", ip("setvar:ip.First=1,setvar:ip.FIRST=2") + "SecRule IP:first \"@eq 2\" \"id:9,phase:1,pass,msg:'%{MATCHED_VAR_NAME}'\"\n", [0], ["IP:First"]),
        ("names made by macros", ip("setvar:'ip.seen_%{REQUEST_METHOD}=+2'") + show("%{ip.seen_get}"), [0, 0], ["2", "4"]),
        ("global and resource", "SecAction \"id:1,phase:1,pass,nolog,initcol:global=g,initcol:resource=%{REQUEST_FILENAME},setvar:global.n=+1,setvar:resource.n=+2\"\n" + show("%{global.n} %{resource.n}"), [0, 0], ["1 2", "2 4"]),
        ("session and user", "SecAction \"id:1,phase:1,pass,nolog,setsid:abc,setuid:me,setrsc:r,setvar:session.n=+1,setvar:user.n=+1,setvar:resource.n=+1\"\n" + show("%{SESSIONID} %{USERID} %{session.n} %{user.n} %{resource.n}"), [0, 0], ["abc me 1 1 1", "abc me 2 2 2"]),
    ]

    @Test(arguments: rows.indices) func row(_ index: Int) throws {
        let row = Self.rows[index]
        let harness = try Harness(compiled(row.rules))
        var said: [String] = []
        for pause in row.pauses {
            harness.wait(seconds: pause)
            said += harness.send(TestRequest()).matches.map { String($0.dropFirst(2)) }
        }
        #expect(said == row.want, "\(row.name)")
    }

    @Test("workers see one another's counts at once, each client its own") func workers() throws {
        let records = try SharedRecords()
        let rules = try compiled(Self.ip("setvar:ip.n=+1") + Self.show("%{ip.n}"))
        let workers = try (0..<4).map { _ in try Harness(rules, records: records) }
        for round in 0..<20 {
            let said = workers[round % 4].send(TestRequest()).matches
            #expect(said == ["9 \(round + 1)"])
        }
        var other = TestRequest()
        other.remoteAddress = "127.0.0.2"
        #expect(workers[0].send(other).matches == ["9 1"])
    }

    @Test("SecWebAppId keeps sessions and users apart, but not what initcol opens") func applications() throws {
        let records = try SharedRecords()
        let rules =
            "SecAction \"id:1,phase:1,pass,nolog,setsid:s,initcol:ip=a,setvar:session.n=+1,setvar:ip.n=+1\"\n"
            + Self.show("%{session.n} %{ip.n}")
        let shop = try Harness(compiled("SecWebAppId shop\n" + rules), records: records)
        let blog = try Harness(compiled("SecWebAppId blog\n" + rules), records: records)
        #expect(shop.send(TestRequest()).matches == ["9 1 1"])
        #expect(blog.send(TestRequest()).matches == ["9 1 2"])
        #expect(shop.send(TestRequest()).matches == ["9 2 3"])
    }

    @Test("keys and values of any length") func lengths() throws {
        let harness = try Harness(
            compiled(
                "SecAction \"id:1,phase:1,pass,nolog,initcol:ip=%{ARGS.k},setvar:ip.n=+1,setvar:ip.t=%{ARGS.v}\"\n"
                    + Self.show("%{ip.n} %{ip.t}")))
        let long = String(repeating: "k", count: 5_000)
        let limit = TableShape.texts.textBytes
        let value = String(repeating: "v", count: limit)
        func said(_ key: String, _ value: String) -> String? {
            harness.send(TestRequest("/?k=\(key)&v=\(value)")).matches.first
        }
        #expect(said(long + "1", value) == "9 1 \(value)")
        #expect(said(long + "2", value + "w") == "9 1 \(value)")
        #expect(said(long + "1", "12345678901234567890") == "9 2 12345678901234567890")
        #expect(said(long + "1", "007") == "9 3 007")
        #expect(said(long + "1", "9223372036854775807") == "9 4 9223372036854775807")
        // An empty key opens nothing.
        #expect(said("", "x") == "9  ")
    }

    @Test("a count at its largest stays there") func largest() throws {
        let harness = try Harness(
            compiled(
                Self.ip("setvar:ip.n=9223372036854775806,setvar:ip.n=+1,setvar:ip.n=+1") + Self.show("%{ip.n}")))
        #expect(harness.send(TestRequest()).matches == ["9 \(Int.max)"])
    }

    @Test("messages count in what their handshake has opened") func messages() throws {
        let harness = try Harness(
            compiled(
                Self.ip("setvar:ip.handshakes=+1") + """
                    SecAction "id:2,phase:2,pass,nolog,setvar:ip.messages=+1,expirevar:ip.messages=60"
                    SecRule IP:messages "@gt 3" "id:3,phase:2,deny,msg:'%{MATCHED_VAR} %{ip.KEY} %{ip.handshakes}'"
                    """))
        let context = MessageTests.context(harness)
        func denied() -> [String] { MessageTests.send(harness, context, Array("hello".utf8)).matches }
        for _ in 0..<3 { #expect(denied() == []) }
        #expect(denied() == ["3 4 127.0.0.1 1"])
        harness.wait(seconds: 60)
        #expect(denied() == [])
        // The record itself has ended meanwhile: messages make it anew.
        harness.wait(seconds: 3_600)
        for _ in 0..<3 { #expect(denied() == []) }
        #expect(denied() == ["3 4 127.0.0.1 "])
    }
}
