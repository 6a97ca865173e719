// Works out the lists of rules that a phase or a message walks, and where skipAfter resumes.

/// One step of a plan: a chain's starter, and where to go on when it matched.
struct PlanEntryDraft: Equatable {
    var rule: Int
    /// Index into the same plan, larger than this entry's own; the plan's count ends the phase.
    var resume: Int
}

/// Builds the plans of a rule set.
struct RulePlanner {
    private let rules: [RuleDraft]
    /// Indices of the rules that begin a chain or stand alone, markers left out.
    private let starters: [Int]
    /// Indices of the markers of each name.
    private let markers: [String: [Int]]

    init(rules: [RuleDraft]) {
        self.rules = rules
        var starters: [Int] = []
        var markers: [String: [Int]] = [:]
        var isInsideChain = false
        for (index, rule) in rules.enumerated() {
            if rule.kind == .marker {
                markers[rule.markerName, default: []].append(index)
            } else {
                if !isInsideChain { starters.append(index) }
                isInsideChain = rule.isChained
            }
        }
        self.starters = starters
        self.markers = markers
    }

    func entries(of plan: RulePlan) -> [PlanEntryDraft] {
        let members = starters.filter { index in
            Int(rules[index].phase) == plan.phase && (!plan.isMessage || rules[index].judgesMessages)
        }
        return members.enumerated().map { position, index in
            PlanEntryDraft(
                rule: index,
                resume: resume(at: position, in: members, phase: plan.phase))
        }
    }

    private func resume(at position: Int, in members: [Int], phase: Int) -> Int {
        let index = members[position]
        if !rules[index].skipAfter.isEmpty { return resume(after: index, in: members, phase: phase) }
        guard rules[index].skip > 0 else { return position + 1 }
        // Chains that a message does not walk are counted too.
        let following = starters.filter { $0 > index && Int(rules[$0].phase) == phase }
        guard rules[index].skip < following.count else { return members.count }
        let target = following[Int(rules[index].skip)]
        return members.firstIndex { $0 >= target } ?? members.count
    }

    /// The first member behind the target of a rule's skipAfter. A target that is missing or lies
    /// before the rule ends the phase, as in ModSecurity 2.
    private func resume(after index: Int, in members: [Int], phase: Int) -> Int {
        let name = rules[index].skipAfter
        let marker = markers[name]?.first { $0 > index }
        // ModSecurity 2 also takes a rule's id for a target.
        let rule = starters.first {
            $0 > index && rules[$0].id != 0 && Int(rules[$0].phase) == phase && String(rules[$0].id) == name
        }
        guard let target = [marker, rule].compactMap({ $0 }).min() else { return members.count }
        return members.firstIndex { $0 > target } ?? members.count
    }

    /// The later links of the chain that begins at `starter`, the starter first.
    func chain(from starter: Int) -> Range<Int> {
        var end = starter + 1
        while end < rules.count, rules[end - 1].isChained { end += 1 }
        return starter..<end
    }
}
