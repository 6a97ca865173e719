// What disruptive actions and ctl do to the rest of a transaction.

import Bytes
import Inspection
import RuleStore
import Testing

@Suite("Actions: allow, drop, redirect, skip, ctl") struct ActionTests {
    struct Row: CustomTestStringConvertible {
        var name: String
        var rules: String
        var want: [String]
        var testDescription: String { name }
    }

    static func phases(_ first: String) -> String {
        "SecAction \"id:9,phase:1,nolog,\(first)\"\n"
            + (1...5).map { "SecAction \"id:\($0),phase:\($0),pass,msg:'p\($0)'\"\n" }.joined()
    }

    static let rows: [Row] = [
        Row(name: "allow", rules: phases("allow"), want: ["5 p5"]),
        Row(name: "allow:phase", rules: phases("allow:phase"), want: ["2 p2", "3 p3", "4 p4", "5 p5"]),
        Row(name: "allow:request", rules: phases("allow:request"), want: ["3 p3", "4 p4", "5 p5"]),
        Row(
            name: "allow is not done in DetectionOnly",
            rules: "SecRuleEngine DetectionOnly\n" + phases("allow"),
            want: ["1 p1", "2 p2", "3 p3", "4 p4", "5 p5"]),
        Row(name: "drop", rules: phases("drop"), want: ["5 p5"]),
        Row(name: "engine off", rules: phases("pass,ctl:ruleEngine=Off"), want: []),
        Row(
            name: "skip counts chains",
            rules: """
                SecAction "id:1,phase:1,pass,nolog,skip:2"
                SecRule REQUEST_METHOD "@streq GET" "id:2,phase:1,pass,msg:'a',chain"
                SecRule REQUEST_METHOD "@streq GET"
                SecAction "id:3,phase:2,pass,msg:'other phase'"
                SecAction "id:4,phase:1,pass,msg:'b'"
                SecAction "id:5,phase:1,pass,msg:'c'"
                """,
            want: ["5 c", "3 other phase"]),
        Row(
            name: "skip past the end",
            rules: """
                SecAction "id:1,phase:1,pass,nolog,skip:9"
                SecAction "id:2,phase:1,pass,msg:'a'"
                """,
            want: []),
        Row(
            name: "rules by id, tag and message",
            rules: """
                SecAction "id:9,phase:1,pass,nolog,ctl:ruleRemoveById=1,ctl:ruleRemoveByTag=^at,ctl:ruleRemoveByMsg=hird"
                SecAction "id:1,phase:1,pass,msg:'first'"
                SecAction "id:2,phase:1,pass,msg:'second',tag:'attack'"
                SecAction "id:3,phase:1,pass,msg:'third'"
                SecAction "id:4,phase:1,pass,msg:'fourth',tag:'no at'"
                """,
            want: ["4 fourth"]),
        Row(
            name: "target by pattern",
            rules: """
                SecAction "id:9,phase:1,pass,nolog,ctl:ruleRemoveTargetById=1-2;ARGS:/^A/"
                SecRule ARGS|ARGS_NAMES "@rx x" "id:1,phase:1,pass,msg:'%{MATCHED_VAR_NAME}'"
                SecRule &ARGS "@gt 0" "id:2,phase:1,pass,msg:'%{MATCHED_VAR}'"
                """,
            want: ["1 ARGS:x2", "1 ARGS_NAMES:x2", "2 2"]),
        Row(
            name: "targets by message, a count by its name",
            rules: """
                SecAction "id:9,phase:1,pass,nolog,ctl:'ruleRemoveTargetByMsg=^%{;ARGS'"
                SecRule ARGS "@rx x" "id:1,phase:1,pass,msg:'%{MATCHED_VAR_NAME}'"
                SecRule &ARGS "@gt 0" "id:2,phase:1,pass,msg:'%{MATCHED_VAR}'"
                SecRule &ARGS "@gt 0" "id:3,phase:1,pass,msg:'n %{MATCHED_VAR}'"
                """,
            want: ["3 n 2"]),
        Row(
            name: "a ctl of a link of a chain that fails acts all the same",
            rules: """
                SecRule ARGS:a "@streq x1" "id:9,phase:1,pass,nolog,chain,ctl:ruleRemoveById=1"
                SecRule ARGS:a "@streq no"
                SecAction "id:1,phase:1,pass,msg:'first'"
                """,
            want: []),
        Row(
            name: "environment",
            rules: """
                SecAction "id:1,phase:1,pass,nolog,setenv:A=b%{ARGS.a},setenv:c,setenv:!d"
                SecRule ENV:a "@streq bx1" "id:2,phase:1,pass,msg:'%{MATCHED_VAR_NAME} %{env.C}'"
                SecRule &ENV "@eq 2" "id:3,phase:1,pass,msg:'two'"
                """,
            want: ["2 ENV:A 1", "3 two"]),
        Row(
            name: "a collection that was not opened takes nothing",
            rules: """
                SecAction "id:1,phase:1,pass,nolog,setvar:ip.x=1,setvar:global.y=1,initcol:global=all,setvar:global.z=+2"
                SecRule &IP|&GLOBAL:y|GLOBAL:Z "@ge 0" "id:2,phase:1,pass,msg:'%{MATCHED_VAR_NAME}=%{MATCHED_VAR}'"
                """,
            want: ["2 IP=0", "2 GLOBAL=0", "2 GLOBAL:z=2"]),
        Row(
            name: "expirevar",
            rules: """
                SecAction "id:1,phase:1,pass,nolog,initcol:ip=a,setvar:ip.x=1,expirevar:ip.x=60,deprecatevar:ip.x=1/60"
                SecRule IP:__expire_x "@eq 1700000060" "id:2,phase:1,pass,msg:'%{ip.x}'"
                """,
            want: ["2 1"]),
    ]

    @Test(arguments: rows) func runs(_ row: Row) throws {
        #expect(try matches(row.rules, TestRequest("/?a=x1&x2=x2")) == row.want)
    }

    @Test func redirection() throws {
        let rules = """
            SecRule ARGS:to "@rx ." "id:1,phase:1,redirect:'http://localhost/%{ARGS.to}',status:307"
            SecAction "id:2,phase:1,redirect:'/other',status:403"
            """
        let outcome = try Harness(compiled(rules)).send(TestRequest("/?to=a%0d%0aX:%20b%c3%a9"))
        #expect(outcome.verdict.action == .redirect && outcome.verdict.status == 307)
        #expect(outcome.verdict.location.string == "http://localhost/a%0D%0AX:%20b%C3%A9")
        #expect(outcome.log.contains("Access denied with redirection to http://localhost/a%0D%0AX"))
        let other = try Harness(compiled(rules)).send(TestRequest())
        #expect(other.verdict.status == 302 && other.verdict.location.string == "/other")
    }

    /// `waf detect` stays the most that a rule may ask for.
    @Test func detectOnlyIsACap() throws {
        let rules =
            "SecAction \"id:1,phase:1,pass,nolog,ctl:ruleEngine=On\"\nSecAction \"id:2,phase:1,deny,msg:'x'\""
        let outcome = try Harness(compiled(rules)).send(TestRequest(), isDetectOnly: true)
        #expect(outcome.verdict.action == .pass && outcome.verdict.wouldDeny)
    }

    @Test func bodyAccess() throws {
        let rules = """
            SecAction "id:1,phase:1,pass,nolog,ctl:requestBodyAccess=Off"
            SecRule ARGS "@rx ." "id:2,phase:2,pass,msg:'seen'"
            """
        #expect(try matches(rules, TestRequest(form: "a=1")) == [])
        let on = "SecRequestBodyAccess Off\n" + rules.replacingOccurrence(of: "Off\"", with: "On\"")
        #expect(try matches(on, TestRequest(form: "a=1")) == ["2 seen"])
    }
}

extension String {
    fileprivate func replacingOccurrence(of text: String, with other: String) -> String {
        split(separator: text, omittingEmptySubsequences: false).joined(separator: other)
    }
}
