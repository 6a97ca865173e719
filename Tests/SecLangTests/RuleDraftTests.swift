// What rules compile to.

import RuleStore
import Testing

@testable import SecLang

@Suite("Rules: variables, operators, actions to drafts") struct RuleDraftTests {
    @Test func everyAction() throws {
        let draft = try rule(
            #"""
            SecRule ARGS "@streq x" "id:7,phase:1,deny,status:418,log,auditlog,msg:'a %{tx.b}',\
                logdata:'%{MATCHED_VAR}',tag:'one',tag:two,severity:'CRITICAL',ver:'v/1',rev:'2',\
                setvar:tx.a=1,setvar:!tx.b,capture,skipAfter:END-X,t:none,t:urlDecodeUni,t:LOWERCASE,multiMatch"
            """#)
        #expect(draft.kind == .rule)
        #expect(draft.id == 7)
        #expect(draft.phase == 1)
        #expect(draft.disruption == .deny)
        #expect(draft.status == 418)
        #expect(draft.logs && draft.auditLogs && draft.captures && draft.matchesEveryTransformation)
        #expect(draft.message.parts.count == 2)
        #expect(draft.logData.parts == [.variable(.matchedVariable, key: nil)])
        #expect(draft.tags == [MacroText(literal: "one"), MacroText(literal: "two")])
        #expect(draft.severity == 2)
        #expect(draft.version == "v/1")
        #expect(draft.revision == "2")
        #expect(draft.assignments.map(\.kind) == [.set, .remove])
        #expect(draft.skipAfter == "END-X")
        #expect(draft.transformations == [.urlDecodeUni, .lowercase])
        #expect(!draft.isChained)
        #expect(draft.file == "a.conf")
        #expect(draft.line == 1)
    }

    @Test func noActionsButAnID() throws {
        let draft = try rule("SecAction id:1")
        #expect(draft.kind == .action)
        #expect(draft.targets.isEmpty)
        #expect(draft.test == OperatorDraft(name: .unconditionalMatch))
        #expect(draft.phase == 2)
        #expect(draft.disruption == .pass)
        #expect(draft.status == 403)
        #expect(draft.logs && draft.auditLogs)
        #expect(draft.severity == nil)
    }

    @Test func marker() throws {
        let draft = try rule("\nSecMarker \"END OF 1\"")
        #expect(draft.kind == .marker)
        #expect(draft.markerName == "END OF 1")
        #expect(draft.id == 0)
        #expect(draft.line == 2)
        #expect(try rule("SecMarker 10").markerName == "10")
    }

    @Test func targets() throws {
        let draft = try draft(
            "SecRule args|ARGS:'a b'|!ARGS:/^x/|&TX:Y|REQUEST_URI|!ARGS:/^x/ \"@streq x\" id:1")
        var excluded = TargetDraft(variable: .args, selector: .pattern(program: 0))
        excluded.isExcluded = true
        var counted = TargetDraft(variable: .tx, selector: .key([0x59]))
        counted.isCounted = true
        #expect(
            draft.rules[0].targets == [
                TargetDraft(variable: .args), TargetDraft(variable: .args, selector: .key(Array("a b".utf8))),
                excluded, counted, TargetDraft(variable: .requestURI), excluded,
            ])
        #expect(draft.programs.map(\.kind) == [.pattern])
    }

    /// A pattern of keys has no regard to case, one of values has: they are two programs.
    @Test func selectorPatternsAreCaseless() throws {
        let draft = try draft("SecRule ARGS:/^x/ ^x id:1\nSecRule ARGS \"@rx ^x\" id:2")
        #expect(draft.programs.count == 2)
        #expect(draft.rules[0].targets[0].selector == .pattern(program: 0))
        #expect(draft.rules.map(\.test.program) == [1, 1])
    }

    struct OperatorRow: CustomTestStringConvertible {
        var text: String
        var name: OperatorName
        var isNegated = false
        var argument = ""
        var program: ProgramDraft.Kind?
        var testDescription: String { text }
    }

    static let operators: [OperatorRow] = [
        OperatorRow(text: "a.b", name: .rx, argument: "a.b", program: .pattern),
        OperatorRow(text: "!a", name: .rx, isNegated: true, argument: "a", program: .pattern),
        OperatorRow(text: "", name: .rx, program: .pattern),
        OperatorRow(text: #"@rx %\{tx.a\}"#, name: .rx, argument: #"%\{tx.a\}"#, program: .pattern),
        OperatorRow(text: "@RX a", name: .rx, argument: "a", program: .pattern),
        OperatorRow(text: "@pm a b", name: .pm, argument: "a b", program: .phrases),
        OperatorRow(text: "@pmFromFile w.data", name: .pmFromFile, argument: "w.data", program: .phrases),
        OperatorRow(
            text: "!@pmf w.data e.data", name: .pmFromFile, isNegated: true, argument: "w.data e.data",
            program: .phrases),
        OperatorRow(text: "@pmFromFile e.data", name: .pmFromFile, argument: "e.data", program: .phrases),
        OperatorRow(
            text: "@ipMatch 10.0.0.0/8, ::1", name: .ipMatch, argument: "10.0.0.0/8, ::1", program: .addresses
        ),
        OperatorRow(text: "@streq a ", name: .streq, argument: "a "),
        OperatorRow(text: "@contains", name: .contains),
        OperatorRow(text: "@beginsWith a", name: .beginsWith, argument: "a"),
        OperatorRow(text: "@endsWith a", name: .endsWith, argument: "a"),
        OperatorRow(text: "@eq 0", name: .eq, argument: "0"),
        OperatorRow(text: "!@ge -1", name: .ge, isNegated: true, argument: "-1"),
        OperatorRow(text: "@gt 5", name: .gt, argument: "5"),
        OperatorRow(text: "@le 5", name: .le, argument: "5"),
        OperatorRow(text: "@lt 5", name: .lt, argument: "5"),
        OperatorRow(text: "@unconditionalMatch", name: .unconditionalMatch),
    ]

    @Test(arguments: operators) func operatorForms(_ row: OperatorRow) throws {
        let draft = try draft(
            "SecRule ARGS \"\(row.text)\" id:1", ["w.data": "one\n", "e.data": "# none\n"])
        let test = draft.rules[0].test
        #expect(test.name == row.name)
        #expect(test.isNegated == row.isNegated)
        #expect(test.argument == MacroText(literal: row.argument))
        #expect(test.program.map { draft.programs[$0].kind } == row.program)
    }

    /// Every name of the store can be written.
    @Test func everyWord() {
        for name in VariableName.allCases {
            guard case .supported(name) = VariableName.table.look(up: name.spelling.lowercased())
            else {
                Issue.record("\(name)")
                continue
            }
        }
        for name in OperatorName.allCases {
            guard case .supported(name) = OperatorName.table.look(up: name.spelling.uppercased())
            else {
                Issue.record("\(name)")
                continue
            }
        }
        for name in TransformationName.allCases {
            guard case .supported(name) = TransformationName.table.look(up: name.spelling)
            else {
                Issue.record("\(name)")
                continue
            }
        }
    }

    @Test func equalProgramsAreShared() throws {
        let draft = try draft(
            """
            SecRule ARGS "@pm a b" id:1
            SecRule ARGS "@rx x" id:2
            SecRule TX "@pm a b" id:3
            SecRule TX "@pmFromFile w.data" id:4
            """, ["w.data": "a\nb\n"])
        #expect(draft.rules.map(\.test.program) == [0, 1, 0, 0])
        #expect(draft.programs.map(\.kind) == [.phrases, .pattern])
    }

    @Test(
        arguments: [
            ("1", 1), ("2", 2), ("5", 5), ("request", 2), ("Response", 4), ("'logging'", 5),
        ] as [(String, UInt32)])
    func phases(_ text: String, _ phase: UInt32) throws {
        #expect(try rule("SecAction \"id:1,phase:\(text)\"").phase == phase)
    }

    @Test(
        arguments: [
            ("0", 0), ("7", 7), ("EMERGENCY", 0), ("alert", 1), ("'Error'", 3), ("WARNING", 4), ("NOTICE", 5),
            ("INFO", 6), ("DEBUG", 7),
        ] as [(String, UInt32)])
    func severities(_ text: String, _ severity: UInt32) throws {
        #expect(try rule("SecAction \"id:1,severity:\(text)\"").severity == severity)
    }

    @Test(arguments: [
        ("log", true, true), ("nolog", false, false), ("nolog,log", true, false),
        ("nolog,auditlog", false, true), ("auditlog,nolog", false, false), ("noauditlog", true, false),
    ])
    func logging(_ words: String, _ logs: Bool, _ auditLogs: Bool) throws {
        let draft = try rule("SecAction id:1,\(words)")
        #expect(draft.logs == logs)
        #expect(draft.auditLogs == auditLogs)
    }

    /// A word given twice counts as it was given last.
    @Test func lastWordsWin() throws {
        let draft = try rule(
            "SecAction id:1,phase:1,deny,status:400,msg:a,id:2,phase:4,pass,status:500,msg:b")
        #expect(draft.id == 2)
        #expect(draft.phase == 4)
        #expect(draft.disruption == .pass)
        #expect(draft.status == 500)
        #expect(draft.message == MacroText(literal: "b"))
    }

    /// The five rules of the probe `quoting`.
    @Test func quoting() throws {
        let draft = try draft(
            #"""
            SecRule ARGS:a "@streq say \"hi\"" "id:1,phase:2,pass,log,msg:'q'"
            SecRule ARGS:b "@rx ^it's$" "id:2,phase:2,pass,log,msg:'it\'s, ok'"
            SecRule ARGS:'c' "x" "id:3,phase:2,pass,log,msg:'implicit rx'"
            SecRule ARGS:a|ARGS:b "@rx ." "id:'4',phase:request,pass,log,msg:'phase by name',logdata:'%{MATCHED_VAR}'"
            SecRule  ARGS:c   "!x"   "id:5,phase:2,pass,log,msg:'negated implicit rx'"
            """#)
        #expect(draft.rules.map(\.id) == [1, 2, 3, 4, 5])
        #expect(draft.rules[0].test.argument == MacroText(literal: #"say "hi""#))
        #expect(draft.rules[1].message == MacroText(literal: "it's, ok"))
        #expect(draft.rules[2].targets == [TargetDraft(variable: .args, selector: .key([0x63]))])
        #expect(draft.rules[4].test.isNegated)
        #expect(draft.rules[4].test.program == draft.rules[2].test.program)
    }
}
