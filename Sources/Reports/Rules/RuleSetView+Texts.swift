// Records of the store in the words of the rule language.

internal import Bytes
package import RuleStore

extension RuleSetView {
    /// A text with its macros as written, but for the case of their names.
    func text(_ index: Int) -> String {
        parts(ofText: index).map { part in
            switch textPart(part) {
            case .literal(let bytes): ShownBytes.ofRuleText(bytes)
            case .variable(let variable, let key, _):
                "%{\(variable.spelling)\(key.map { "." + ShownBytes.ofRuleText($0) } ?? "")}"
            }
        }.joined()
    }

    /// `&ARGS:name`, without the `!` of an exclusion.
    func spelling(of target: TargetRecord) -> String {
        let selector =
            if target.hasKey {
                ":" + ShownBytes.ofRuleText(target.key)
            } else if target.hasPattern {
                ":/#\(target.program)/"
            } else if target.hasPath {
                ":" + ShownBytes.ofRuleText(target.key)
            } else {
                ""
            }
        return (target.isCounted ? "&" : "") + target.variable.spelling + selector
    }

    /// The rules of a selection: `12 rules: 942100, 942110, ...`
    func spelling(ofSelection index: Int) -> String {
        var ids: [UInt32] = []
        for place in selection(index) {
            for rule in selectionRange(place) where self.rule(rule).id != 0 { ids.append(self.rule(rule).id) }
        }
        let shown = ids.prefix(Self.shownIDs).map(String.init).joined(separator: ", ")
        let count = Count.text(ids.count, "rule")
        return ids.isEmpty ? count : "\(count): \(shown)\(ids.count > Self.shownIDs ? ", ..." : "")"
    }

    private static var shownIDs: Int { 20 }
}

extension Disruption {
    package var spelling: String {
        switch self {
        case .pass: "pass"
        case .deny: "deny"
        case .drop: "drop"
        case .redirect: "redirect"
        case .allow: "allow"
        case .allowPhase: "allow:phase"
        case .allowRequest: "allow:request"
        case .proxy: "proxy"
        }
    }
}

extension RulePlan {
    package var title: String {
        switch self {
        case .requestHeaders, .requestBody, .responseHeaders, .responseBody, .logging: "phase \(phase)"
        case .clientMessage: "messages from the client"
        case .serverMessage: "messages from the server"
        }
    }
}

/// Names of severities 0 to 7.
package enum SeverityName {
    package static func text(_ severity: Int) -> String {
        let names = ["EMERGENCY", "ALERT", "CRITICAL", "ERROR", "WARNING", "NOTICE", "INFO", "DEBUG"]
        return names.indices.contains(severity) ? names[severity] : "\(severity)"
    }
}
