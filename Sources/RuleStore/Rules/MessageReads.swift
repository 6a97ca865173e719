// What the rules that judge messages want to know of the handshake.

/// The handshake's values that later links and macros of message rules name.
struct MessageReads {
    struct Member: Equatable, Hashable {
        var variable: VariableName
        /// nil: all members.
        var key: [UInt8]?
    }

    /// Each once, in order of appearance.
    private(set) var members: [Member] = []
    private var seen: Set<Member> = []

    init(of rules: [RuleDraft], planner: RulePlanner) {
        for plan in RulePlan.allCases where plan.isMessage {
            for entry in planner.entries(of: plan) {
                for index in planner.chain(from: entry.rule) {
                    add(rules[index], isStarter: index == entry.rule)
                }
            }
        }
    }

    private mutating func add(_ rule: RuleDraft, isStarter: Bool) {
        if !isStarter {
            for target in rule.targets where !target.isExcluded {
                if case .key(let key) = target.selector {
                    add(Member(variable: target.variable, key: key))
                } else {
                    add(Member(variable: target.variable, key: nil))
                }
            }
        }
        add(rule.test.argument)
        add(rule.message)
        add(rule.logData)
        for tag in rule.tags { add(tag) }
        add(rule.location)
        for action in rule.actions {
            for text in action.texts { add(text) }
        }
    }

    private mutating func add(_ text: MacroText) {
        for case .variable(let variable, let key) in text.parts { add(Member(variable: variable, key: key)) }
    }

    private mutating func add(_ member: Member) {
        guard !member.variable.isCarriedByMessages, seen.insert(member).inserted else { return }
        members.append(member)
    }
}
