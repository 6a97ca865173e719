// deny, drop, redirect, proxy, allow, block, pass, status and pause.

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
        case .proxy:
            rule.disruption = .proxy
            rule.location = compileProxyTarget(word.value)
            if rule.phase > 2 {
                diagnostics.report(
                    .invalidValue(of: "proxy", found: word.value.string, expected: "a rule of phase 1 or 2"),
                    at: word.value)
            }
        case .pause:
            if rule.phase > 2 {
                refuse(word.place, of: "pause", expected: "a rule of phase 1 or 2")
            }
            let milliseconds = MacroParser.parse(word.value, into: &diagnostics)
            if !milliseconds.hasMacros, Number.parse(word.value.bytes, in: 0...Int(UInt32.max)) == nil {
                refuse(word.value, of: "pause", expected: "milliseconds")
            }
            rule.actions.append(.pause(milliseconds))
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

    /// Only plain HTTP is spoken to other servers.
    private mutating func compileProxyTarget(_ value: PlacedText) -> MacroText {
        if value.string.lowercased().hasPrefix("https:") {
            refuse(value, of: "proxy", expected: "[http://]upstream or address[/target]")
        }
        return MacroParser.parse(value, into: &diagnostics)
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
