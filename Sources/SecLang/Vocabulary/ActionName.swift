// The actions, and where each may stand.

enum ActionName: String, CaseIterable, Sendable {
    case id, phase
    case deny, block, pass
    case log, nolog, auditlog, noauditlog
    case msg, logdata, tag, severity, ver, rev
    case setvar, capture, chain, skipAfter, status
    case t
    case multiMatch

    var takesValue: Bool {
        switch self {
        case .id, .phase, .msg, .logdata, .tag, .severity, .ver, .rev, .setvar, .skipAfter, .status, .t:
            true
        case .deny, .block, .pass, .log, .nolog, .auditlog, .noauditlog, .capture, .chain, .multiMatch:
            false
        }
    }

    /// Whether only the first rule of a chain may have it: it acts for the whole chain.
    ///
    /// ModSecurity 2 refuses the same ones; `log` and its like it accepts and ignores, and a
    /// `status` counts from any link.
    var belongsToChainStarter: Bool {
        switch self {
        case .id, .phase, .deny, .block, .pass, .msg, .logdata, .tag, .severity, .ver, .rev, .skipAfter:
            true
        case .log, .nolog, .auditlog, .noauditlog, .setvar, .capture, .chain, .status, .t, .multiMatch:
            false
        }
    }

    /// Whether SecDefaultAction may hand it on: what describes one rule it may not.
    var mayBeDefault: Bool {
        switch self {
        case .id, .msg, .logdata, .severity, .ver, .rev, .chain, .skipAfter: false
        case .phase, .deny, .block, .pass, .log, .nolog, .auditlog, .noauditlog, .tag, .setvar,
            .capture, .status, .t, .multiMatch:
            true
        }
    }

    static let table = WordTable(
        supported: allCases.map { ($0.rawValue, $0) },
        unsupported: [
            "accuracy", "allow", "append", "ctl", "deprecatevar", "drop", "exec", "expirevar",
            "initcol", "maturity", "pause", "prepend", "proxy", "redirect", "sanitiseArg",
            "sanitiseMatched", "sanitiseMatchedBytes", "sanitiseRequestHeader",
            "sanitiseResponseHeader", "sanitizeArg", "sanitizeMatched", "sanitizeMatchedBytes",
            "sanitizeRequestHeader", "sanitizeResponseHeader", "setenv", "setrsc", "setsid",
            "setuid", "skip", "xmlns",
        ])
}
