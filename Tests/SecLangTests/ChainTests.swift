// Chains, defaults and removals.

import RuleStore
import Testing

@testable import SecLang

@Suite("Chains") struct ChainTests {
    @Test func links() throws {
        let rules = try draft(
            """
            SecDefaultAction "phase:1,deny,status:406,log,t:lowercase"
            SecRule ARGS "@streq a" "id:1,phase:1,block,t:none,chain"
              # between links
              SecRule TX "@streq b" "setvar:tx.a,t:urlDecode,chain"
            SecAction "capture,nolog"
            SecRule ARGS "@streq d" "id:2"
            """
        ).rules
        #expect(rules.map(\.isChained) == [true, true, false, false])
        #expect(rules.map(\.id) == [1, 0, 0, 2])
        #expect(rules.map(\.phase) == [1, 1, 1, 2])
        #expect(rules.map(\.kind) == [.rule, .rule, .action, .rule])
        #expect(rules.map(\.transformations) == [[], [.lowercase, .urlDecode], [.lowercase], []])
        #expect(rules.map(\.disruption) == [.deny, .pass, .pass, .pass])
        #expect(rules[0].status == 406)
    }

    /// libmodsecurity's case `issue-2423`: any link may name the status.
    @Test func statusOfALink() throws {
        let rules = try draft("SecRule ARGS x id:1,deny,chain\nSecRule ARGS x \"status:437\"").rules
        #expect(rules[0].status == 437)
    }

    @Test(arguments: [
        ("id:2", "id"), ("phase:2", "phase"), ("deny", "deny"), ("block", "block"), ("pass", "pass"),
        ("msg:x", "msg"), ("logdata:x", "logdata"), ("tag:x", "tag"), ("severity:2", "severity"),
        ("ver:x", "ver"), ("rev:x", "rev"), ("skipAfter:x", "skipAfter"),
    ])
    func notOnALink(_ action: String, _ name: String) {
        #expect(
            errors("SecAction id:1,chain\nSecAction \(action)") == [
                "a.conf:2:11: error: action `\(name)` may only stand on the first rule of a chain"
            ])
    }

    @Test func unfinished() {
        #expect(
            errors("SecAction id:1\nSecAction id:2,chain\nSecAction chain\n") == [
                "a.conf:2:1: error: the file ends inside the chain that begins here"
            ])
    }

    @Test(arguments: ["SecMarker X", "SecRuleRemoveById 1", "Include b.conf"])
    func interrupted(_ directive: String) {
        let name = directive.split(separator: " ")[0]
        #expect(
            errors("SecAction id:1,chain\n\(directive)\nSecAction id:2", ["b.conf": ""]) == [
                "a.conf:2:1: error: \(name) stands inside an unfinished chain"
            ])
    }

    /// One broken rule gives one error: what follows may have been its link.
    @Test func behindABrokenRule() {
        #expect(
            errors("SecRule ARGS\nSecRule ARGS x\nSecRule TX x id:1") == [
                "a.conf:1:1: error: SecRule takes 2 to 3 arguments, found 1"
            ])
    }

    @Test func chainEndsWithItsFile() {
        #expect(
            errors("Include b.conf\nSecAction id:2", ["b.conf": "SecAction id:1,chain"]) == [
                "b.conf:1:1: error: the file ends inside the chain that begins here"
            ])
    }
}

@Suite("SecDefaultAction") struct DefaultActionTests {
    @Test func blockAsItStandsWhenRead() throws {
        let rules = try draft(
            """
            SecAction id:1,phase:2,block
            SecDefaultAction "phase:2,log,deny,status:406"
            SecAction id:2,phase:2,block
            SecAction id:3,phase:1,block
            SecAction id:4,phase:2,block,status:500
            SecAction id:5,phase:2
            SecAction id:6,phase:2,pass
            SecAction id:7,phase:2,deny
            SecDefaultAction "phase:2,log,pass"
            SecAction id:8,phase:2,block
            """
        ).rules
        #expect(
            rules.map(\.disruption) == [.pass, .deny, .pass, .deny, .deny, .pass, .deny, .pass])
        #expect(rules.map(\.status) == [403, 406, 403, 500, 406, 406, 406, 403])
    }

    @Test func everythingElseIsInherited() throws {
        let draft = try rule(
            """
            SecDefaultAction "phase:2,nolog,auditlog,pass,tag:'d',t:lowercase,setvar:tx.d,capture,multiMatch"
            SecRule ARGS x "id:1,tag:r,t:urlDecode,setvar:tx.r"
            """)
        #expect(!draft.logs && draft.auditLogs && draft.captures && draft.matchesEveryTransformation)
        #expect(draft.tags == [MacroText(literal: "d"), MacroText(literal: "r")])
        #expect(draft.transformations == [.lowercase, .urlDecode])
        #expect(draft.assignments.map(\.name) == [MacroText(literal: "d"), MacroText(literal: "r")])
    }

    /// libmodsecurity's cases `action-block`: block beside deny is allowed, alone it is not.
    @Test func blockBesideDeny() throws {
        let draft = try rule("SecDefaultAction \"phase:2,deny,block,status:400,log\"\nSecAction id:1,block")
        #expect(draft.disruption == .deny)
        #expect(draft.status == 400)
    }

    @Test(arguments: [
        ("log,pass", 1, "SecDefaultAction needs a phase"),
        ("phase:1,log", 1, "SecDefaultAction needs a disruptive action other than block"),
        ("phase:1,block", 1, "SecDefaultAction needs a disruptive action other than block"),
        ("phase:1,pass,id:1", 32, "action `id` can not be a default"),
        ("phase:1,pass,msg:a", 32, "action `msg` can not be a default"),
        ("phase:1,pass,logdata:a", 32, "action `logdata` can not be a default"),
        ("phase:1,pass,severity:1", 32, "action `severity` can not be a default"),
        ("phase:1,pass,ver:1", 32, "action `ver` can not be a default"),
        ("phase:1,pass,rev:1", 32, "action `rev` can not be a default"),
        ("phase:1,pass,chain", 32, "action `chain` can not be a default"),
        ("phase:1,pass,skipAfter:a", 32, "action `skipAfter` can not be a default"),
        ("phase:1,exec:x", 27, "action `exec` is not supported: wafd runs no other programs and no scripts"),
        ("phase:6,pass", 25, "invalid value `6` of phase, expected 1 to 5, request, response or logging"),
    ])
    func refused(_ actions: String, _ column: Int, _ message: String) {
        #expect(errors("SecDefaultAction  \(actions)") == ["a.conf:1:\(column): error: \(message)"])
    }
}

@Suite("SecRuleRemoveById") struct RemovalTests {
    static let rules = """
        SecRule ARGS "@rx a" id:1
        SecRule ARGS "@rx b" id:2,chain
        SecRule ARGS "@rx c" chain
        SecRule ARGS "@rx d" t:none
        SecMarker M
        SecAction id:3
        SecRule ARGS "@rx e" id:10

        """

    @Test(
        arguments: [
            ("1", [2, 0, 0, 0, 3, 10]), ("2", [1, 0, 3, 10]), ("2-3", [1, 0, 10]), ("3 1", [2, 0, 0, 0, 10]),
            ("\"1, 3-9\" 10", [2, 0, 0, 0]), ("4", [1, 2, 0, 0, 0, 3, 10]), ("1-4294967295", [0]),
        ] as [(String, [UInt32])])
    func removes(_ ids: String, _ left: [UInt32]) throws {
        #expect(try draft(Self.rules + "SecRuleRemoveById \(ids)").rules.map(\.id) == left)
    }

    /// Rules behind the directive stay, and a free id may be used again.
    @Test func earlierRulesOnly() throws {
        let rules = try draft("SecAction id:1,phase:1\nSecRuleRemoveById 1\nSecAction id:1,phase:3").rules
        #expect(rules.map(\.phase) == [3])
    }

    /// No program of a removed rule stays behind, the others are renumbered.
    @Test func programsGoToo() throws {
        let draft = try draft(Self.rules + "SecRuleRemoveById 1-3")
        #expect(draft.programs.count == 1)
        #expect(draft.rules.last?.test.program == 0)
    }

    @Test(arguments: ["x", "1-", "-1", "2-1", "0", "4294967296", "1-2-3", "''"])
    func refused(_ ids: String) {
        let word = ids == "''" ? "" : ids
        #expect(
            errors("SecRuleRemoveById \(ids)") == [
                "a.conf:1:\(ids == "''" ? 20 : 19): error: invalid value `\(word)` of SecRuleRemoveById, "
                    + "expected an id or a range such as 1000-1999"
            ])
    }
}
