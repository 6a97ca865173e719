// A recorder is told of every match with its value and what it set.

import Bytes
import Inspection
import RuleStore
import Testing

@Suite("Recording of matches") struct RecordingTests {
    static let rules = """
        SecRule ARGS "@contains x" "id:1,phase:1,pass,t:lowercase,msg:'found %{MATCHED_VAR_NAME}',\\
            logdata:'%{MATCHED_VAR}',setvar:'tx.score=+5',setvar:'tx.last=%{MATCHED_VAR}'"
        SecRule ARGS:a "@contains x" "id:2,phase:1,deny,chain,t:lowercase,setvar:tx.first=1"
            SecRule ARGS:b "@streq y" "t:none,setvar:tx.second=1"
        SecAction "id:3,phase:5,nolog,pass,setvar:!tx.first"
        """

    static func run(
        _ target: String, recordsTests: Bool = false, limits: InspectionLimits = InspectionLimits(),
        _ body: (MatchRecorder, RuleSetView) -> Void
    ) throws {
        let harness = try Harness(compiled(rules), limits: limits)
        harness.scratch.usesGates = !recordsTests
        let recorder = MatchRecorder(recordsTests: recordsTests)
        harness.transaction.recorder = recorder
        _ = harness.send(TestRequest(target))
        body(recorder, harness.rules.view)
    }

    /// `id link phase VARIABLE:key=value [name before>after ...]`
    static func line(_ match: RuleMatch, _ recorder: MatchRecorder, _ view: RuleSetView) -> String {
        let name = (match.variable?.spelling ?? "-") + (match.key.map { ":" + $0.string } ?? "")
        let sets = recorder.assignments[match.assignments].map {
            "\($0.name.string) \($0.before?.string ?? "-")>\($0.after?.string ?? "-")"
        }
        return "\(view.rule(match.starter).id) \(match.link - match.starter) \(match.plan.phase) "
            + "\(name)=\(match.value.string) \(sets)\(match.isLastLink ? "" : " open")"
            + (match.isEnforced ? " enforced" : "")
    }

    @Test func matchesInOrder() throws {
        try Self.run("/?a=Xa&c=Xc&b=y") { recorder, view in
            #expect(
                recorder.matches.map { Self.line($0, recorder, view) } == [
                    #"1 0 1 ARGS:a=xa ["score ->5", "last ->xa"]"#,
                    #"1 0 1 ARGS:c=xc ["score 5>10", "last xa>xc"]"#,
                    #"2 0 1 ARGS:a=xa ["first ->1"] open"#,
                    #"2 1 1 ARGS:b=y ["second ->1"] enforced"#,
                    #"3 0 5 -= ["first 1>-"]"#,
                ])
            #expect(recorder.matches[0].message.string == "found ARGS:a")
            #expect(recorder.matches[1].logData.string == "xc")
            #expect(recorder.tests.isEmpty)
        }
    }

    @Test func valuesThatDoNotMatch() throws {
        try Self.run("/?a=Q&b=X", recordsTests: true) { recorder, view in
            #expect(
                recorder.tests.map { "\($0.link) \($0.key?.string ?? "-")=\($0.value.string) \($0.hasMatched)" }
                    == ["0 a=q false", "0 b=x true", "1 a=q false"])
        }
    }

    @Test("past the limit matches are counted", arguments: [(2, 0), (1, 1)])
    func limit(_ limit: Int, _ omitted: Int) throws {
        var limits = InspectionLimits()
        limits.recordedMatches = limit
        limits.recordedTests = limit
        try Self.run("/?c=x", recordsTests: true, limits: limits) { recorder, _ in
            #expect(recorder.matches.count == limit)
            #expect(recorder.omittedMatches == omitted)
            // ARGS has one member; ARGS:a has none.
            #expect(recorder.tests.count + recorder.omittedTests == 1)
        }
    }

    @Test func theNextRequestBeginsEmpty() throws {
        let harness = try Harness(compiled(Self.rules))
        let recorder = MatchRecorder()
        harness.transaction.recorder = recorder
        _ = harness.send(TestRequest("/?c=x"))
        _ = harness.send(TestRequest("/"))
        #expect(recorder.matches.map(\.link) == [3])
    }

    @Test func transactionVariables() throws {
        let harness = try Harness(compiled(Self.rules))
        _ = harness.send(TestRequest("/?c=xyz"))
        var members: [String] = []
        harness.transaction.forEachTransactionVariable { members.append("\($0.string)=\($1.string)") }
        #expect(members == ["score=5", "last=xyz"])
    }
}
