// The engine's own state: HIGHEST_SEVERITY, MODSEC_BUILD, WEBAPPID, SESSIONID, USERID and RULE.

internal import Bytes
internal import RuleStore

extension Transaction {
    func engineScalar(_ variable: VariableName) -> ByteView? {
        switch variable {
        case .highestSeverity: number(highestSeverity)
        // Rules ask whether the engine is new enough for them: that of ModSecurity 2.9.8, whose
        // language this is.
        case .modsecBuild: ByteView("020908900")
        case .webAppID: rules?.view.webAppID ?? .empty
        case .sessionID: collections.sessionID
        case .userID: collections.userID
        default: nil
        }
    }

    /// RULE: the first rule of the chain that is being evaluated. Absent parts are no members.
    func visitRule(_ body: MemberVisitor) {
        guard let rule = runningRule, let rules else { return }
        func visit(_ name: StaticString, _ value: ByteView) -> Bool {
            let name = ByteView(name)
            return value.isEmpty || body(name, name.caseInsensitiveHash, value)
        }
        guard visit("id", number(Int(rule.id))), visit("rev", rule.revision(in: rules.view)),
            visit("severity", rule.severity.map { number($0) } ?? .empty),
            visit("msg", expand(rule.message, rules))
        else { return }
        _ = visit("logdata", expand(rule.logData, rules))
    }
}
