// deny, drop, redirect, allow, block, pass and status.

internal import RuleStore

extension RuleSetBuilder {
    mutating func applyDisruption(
        _ word: ResolvedAction, to rule: inout RuleDraft, defaultRule: RuleDraft
    ) {
        switch word.name {
        case .deny: rule.disruption = .deny
        case .drop: rule.disruption = .drop
        case .pass: rule.disruption = .pass
        case .redirect:
            rule.disruption = .redirect
            rule.location = MacroParser.parse(word.value, into: &diagnostics)
        case .block:
            rule.disruption = defaultRule.disruption
            rule.location = defaultRule.location
        case .allow:
            if let scope = ValueNames.allowScopes[word.value.string.lowercased()] {
                rule.disruption = scope
            } else {
                refuse(word.value, of: "allow", expected: "phase, request or nothing")
            }
        default:
            if let status = Number.parse(word.value.bytes, in: UInt32(100)...599) {
                rule.status = status
            } else {
                refuse(word.value, of: "status", expected: "100 to 599")
            }
        }
    }

    /// A redirection has a status of its own kind, whatever a denial would have.
    static func settleStatus(of rule: inout RuleDraft) {
        guard rule.disruption == .redirect else { return }
        switch rule.status {
        case 301, 302, 303, 307, 308: break
        default: rule.status = 302
        }
    }
}
