// A rule set in figures.

package import RuleStore

package struct RuleSetTotals: Codable, Equatable, Sendable {
    /// SecRules with an id, chains counted once.
    package var rules: Int
    /// SecActions, chains of them counted once.
    package var actions: Int
    /// Chains of more than one rule.
    package var chains: Int
    package var markers: Int
    /// Distinct programs of all kinds.
    package var programs: Int
    package var patterns: Int
    /// Patterns that no finite automaton runs: PCRE2 does, under limits.
    package var backtrackingPatterns: Int
    /// Bytes of the compiled set.
    package var bytes: Int

    package init(_ view: RuleSetView, bytes: Int) {
        let starters = view.starters
        rules = starters.count { !view.rule($0).isAction }
        actions = starters.count - rules
        chains = starters.count { view.rule($0).isChained }
        markers = (0..<view.ruleCount).count { view.rule($0).isMarker }
        programs = view.programCount
        let kinds = (0..<view.programCount).map { view.program($0).kind }
        patterns = kinds.count { $0 == .pattern }
        backtrackingPatterns = kinds.count { $0 == .backtracking }
        self.bytes = bytes
    }

    package var text: String {
        """
        \(Count.text(rules, "rule")), \(Count.text(actions, "action")), \(Count.text(chains, "chain")), \
        \(Count.text(markers, "marker"))
        \(Count.text(programs, "program")): \(Count.text(patterns, "pattern")), \
        \(backtrackingPatterns) that need\(backtrackingPatterns == 1 ? "s" : "") backtracking
        \(bytes) bytes compiled
        """
    }

    package var json: JSONValue {
        .object([
            ("rules", .integer(rules)), ("actions", .integer(actions)), ("chains", .integer(chains)),
            ("markers", .integer(markers)), ("programs", .integer(programs)),
            ("patterns", .integer(patterns)), ("backtracking_patterns", .integer(backtrackingPatterns)),
            ("bytes", .integer(bytes)),
        ])
    }
}
