// Rules of a rule set as reports on them: whole chains, by id.

package import RuleStore

extension RuleSetView {
    /// Indices of the rules that stand alone or begin a chain, markers left out, in order.
    package var starters: [Int] {
        var starters: [Int] = []
        var isInsideChain = false
        for index in 0..<ruleCount {
            let rule = self.rule(index)
            guard !rule.isMarker else { continue }
            if !isInsideChain { starters.append(index) }
            isInsideChain = rule.isChained
        }
        return starters
    }

    /// The links of the chain that begins at `starter`.
    package func chain(from starter: Int) -> Range<Int> {
        var end = starter + 1
        while end < ruleCount, rule(end - 1).isChained { end += 1 }
        return starter..<end
    }

    package func summary(ofRule starter: Int) -> RuleSummary {
        let rule = self.rule(starter)
        return RuleSummary(
            id: rule.id, phase: rule.phase, file: ShownBytes.ofRuleText(rule.file(in: self)),
            line: rule.line, severity: rule.severity.map { SeverityName.text($0) },
            message: text(rule.message), tags: rule.tags.map { text(tag($0)) },
            links: chain(from: starter).count)
    }

    /// nil when no rule has the id.
    package func description(ofID id: UInt32) -> RuleDescription? {
        guard id != 0, let starter = starters.first(where: { self.rule($0).id == id }) else { return nil }
        let rule = self.rule(starter)
        let hasStatus = rule.disruption == .deny || rule.disruption == .redirect
        return RuleDescription(
            id: rule.id, phase: rule.phase, file: ShownBytes.ofRuleText(rule.file(in: self)),
            line: rule.line, message: text(rule.message), logData: text(rule.logData),
            tags: rule.tags.map { text(tag($0)) }, severity: rule.severity.map { SeverityName.text($0) },
            version: ShownBytes.ofRuleText(rule.version(in: self)),
            revision: ShownBytes.ofRuleText(rule.revision(in: self)), accuracy: rule.accuracy,
            maturity: rule.maturity, disruption: rule.disruption.spelling,
            status: hasStatus ? rule.status : nil,
            location: rule.disruption == .redirect ? text(rule.location) : nil, logs: rule.logs,
            auditLogs: rule.auditLogs, plans: plans(walking: starter),
            links: chain(from: starter).map { link(self.rule($0)) })
    }

    /// The ids next to one that is not there: the three below and the three above it.
    package func idsNear(_ id: UInt32) -> [UInt32] {
        let ids = Set(starters.map { rule($0).id }.filter { $0 != 0 }).sorted()
        let above = ids.firstIndex { $0 > id } ?? ids.count
        return Array(ids[max(0, above - 3)..<min(ids.count, above + 3)])
    }

    private func plans(walking starter: Int) -> [RuleDescription.PlanPlace] {
        RulePlan.allCases.compactMap { plan in
            let list = self.plan(plan)
            guard let entry = (0..<list.count).first(where: { list.rule($0) == starter }) else { return nil }
            let resume = list.resume(entry)
            let skipsTo: UInt32? =
                resume == entry + 1 ? nil : resume < list.count ? rule(list.rule(resume)).id : 0
            return RuleDescription.PlanPlace(
                plan: plan.title, place: entry + 1, count: list.count, skipsTo: skipsTo,
                gate: gate(ofEntry: entry, in: plan))
        }
    }

    private func link(_ rule: RuleRecord) -> LinkDescription {
        let targets = rule.targets.map { target($0) }
        var steps: [LinkDescription.Step] = []
        var node = rule.transformation
        while node != 0 {
            let record = transformation(node)
            steps.append(LinkDescription.Step(name: record.name.spelling, node: node))
            node = record.parent
        }
        return LinkDescription(
            file: ShownBytes.ofRuleText(rule.file(in: self)), line: rule.line,
            targets: targets.filter { !$0.isExcluded }.map { spelling(of: $0) },
            exclusions: targets.filter { $0.isExcluded }.map { spelling(of: $0) },
            test: rule.isAction ? nil : test(rule), transformations: steps.reversed(),
            captures: rule.captures, matchesEveryTransformation: rule.matchesEveryTransformation,
            actions: rule.actions.map { spelling(of: action($0)) })
    }

    private func test(_ rule: RuleRecord) -> OperatorDescription {
        OperatorDescription(
            name: rule.operatorName.spelling, isNegated: rule.isNegated, argument: text(rule.operatorText),
            program: rule.program.map { description(ofProgram: $0) })
    }
}
