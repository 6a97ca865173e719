// What is allowed in rule text and probably not meant.

internal import RuleStore

enum RuleDoubts {
    /// `file:line: warning: reason`, in the order of the rules.
    static func lines(of draft: RuleSetDraft) -> [String] {
        var markers: [String: [Int]] = [:]
        for (index, rule) in draft.rules.enumerated() where rule.kind == .marker {
            markers[rule.markerName, default: []].append(index)
        }
        var lines: [String] = []
        var starter: UInt32 = 0
        for (index, rule) in draft.rules.enumerated() where rule.kind != .marker {
            if rule.id != 0 { starter = rule.id }
            func warn(_ reason: String) {
                lines.append("\(rule.file):\(rule.line): warning: rule \(starter): \(reason)")
            }
            if let number = rule.test.program, draft.programs[number].kind == .backtracking {
                warn("the pattern needs backtracking: PCRE2 runs it, under limits")
            }
            if !rule.skipAfter.isEmpty, !hasTarget(rule.skipAfter, behind: index, markers, draft) {
                warn("skipAfter finds no \(rule.skipAfter) behind it: a match ends the phase")
            }
            for action in rule.actions {
                guard case .control(let control) = action, let number = control.selection,
                    draft.selections[number].allSatisfy(\.isEmpty)
                else { continue }
                warn("a ctl that removes rules or targets names no rule of this set")
            }
        }
        return lines
    }

    /// A marker, or, as in ModSecurity 2, a rule's id.
    private static func hasTarget(
        _ name: String, behind index: Int, _ markers: [String: [Int]], _ draft: RuleSetDraft
    ) -> Bool {
        if markers[name]?.contains(where: { $0 > index }) == true { return true }
        guard let id = UInt32(name), id != 0 else { return false }
        return draft.rules[(index + 1)...].contains { $0.id == id }
    }
}

extension ControlDraft {
    /// The selection of rules that it is about.
    fileprivate var selection: Int? {
        switch self {
        case .removeRules(let selection), .removeTarget(let selection, _): selection
        default: nil
        }
    }
}
