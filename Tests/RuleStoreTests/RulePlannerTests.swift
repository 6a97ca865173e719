// Where skipAfter resumes, and which rules a phase and a message walk.

import Testing

@testable import RuleStore

@Suite("Plans, as in ModSecurity 2") struct RulePlannerTests {
    static func action(_ id: UInt32, phase: UInt32 = 2, skipAfter: String = "", chained: Bool = false)
        -> RuleDraft
    {
        var rule = RuleDraft()
        rule.kind = .action
        rule.id = id
        rule.phase = phase
        rule.skipAfter = skipAfter
        rule.isChained = chained
        return rule
    }

    static func marker(_ name: String) -> RuleDraft {
        var rule = RuleDraft()
        rule.kind = .marker
        rule.markerName = name
        return rule
    }

    @Test func toALaterMarker() {
        let rules = [
            Self.action(1, skipAfter: "X"), Self.action(2), Self.action(3, phase: 1), Self.marker("X"),
            Self.action(4),
        ]
        let planner = RulePlanner(rules: rules)
        #expect(
            planner.entries(of: .requestBody) == [
                PlanEntryDraft(rule: 0, resume: 2), PlanEntryDraft(rule: 1, resume: 2),
                PlanEntryDraft(rule: 4, resume: 3),
            ])
        #expect(planner.entries(of: .requestHeaders) == [PlanEntryDraft(rule: 2, resume: 1)])
    }

    @Test(arguments: ["NOWHERE", "UP"]) func missingOrEarlierEndsThePhase(_ name: String) {
        let rules = [Self.marker("UP"), Self.action(1, skipAfter: name), Self.action(2), Self.action(3)]
        #expect(RulePlanner(rules: rules).entries(of: .requestBody)[0].resume == 3)
    }

    @Test func nearestOfTwoMarkers() {
        let rules = [
            Self.action(1, skipAfter: "X"), Self.marker("X"), Self.action(2), Self.marker("X"),
            Self.action(3),
        ]
        #expect(RulePlanner(rules: rules).entries(of: .requestBody)[0].resume == 1)
    }

    @Test func toARulesID() {
        let rules = [Self.action(1, skipAfter: "3"), Self.action(2), Self.action(3), Self.action(4)]
        #expect(RulePlanner(rules: rules).entries(of: .requestBody)[0].resume == 3)
    }

    @Test func linksAreNoStarters() {
        let rules = [
            Self.action(1, chained: true), Self.action(0, chained: true), Self.action(0), Self.action(2),
        ]
        let planner = RulePlanner(rules: rules)
        #expect(planner.entries(of: .requestBody).map(\.rule) == [0, 3])
        #expect(planner.chain(from: 0) == 0..<3)
    }

    @Test func messagesWalkRulesThatTheyCanMatch() {
        var header = RuleDraft()
        header.targets = [TargetDraft(variable: .requestHeaders)]
        var both = RuleDraft()
        both.targets = [TargetDraft(variable: .requestHeaders), TargetDraft(variable: .args)]
        var excluded = RuleDraft()
        excluded.targets = [TargetDraft(variable: .requestHeaders), TargetDraft(variable: .args)]
        excluded.targets[1].isExcluded = true
        var response = RuleDraft()
        response.phase = 4
        response.targets = [TargetDraft(variable: .responseBody)]
        var bodyLength = RuleDraft()
        bodyLength.targets = [TargetDraft(variable: .requestBodyLength)]
        let planner = RulePlanner(rules: [header, both, excluded, response, bodyLength])
        #expect(planner.entries(of: .clientMessage).map(\.rule) == [1])
        #expect(planner.entries(of: .serverMessage).map(\.rule) == [3])
    }
}
