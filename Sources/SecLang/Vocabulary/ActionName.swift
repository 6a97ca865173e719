// The actions, and where each may stand.

enum ActionName: String, CaseIterable, Sendable {
    case id, phase
    case deny, drop, redirect, proxy, allow, block, pass, status, pause
    case log, nolog, auditlog, noauditlog
    case msg, logdata, tag, severity, ver, rev, accuracy, maturity
    case chain, skip, skipAfter
    case capture, multiMatch, t, xmlns
    case setvar, setenv, initcol, setsid, setuid, setrsc, expirevar, deprecatevar
    case ctl
    case append, prepend
    case sanitiseArg, sanitiseRequestHeader, sanitiseResponseHeader, sanitiseMatched
    case sanitiseMatchedBytes

    /// Which part of a rule an action is about; each family is compiled in a file of its own.
    enum Family {
        /// Number and phase.
        case identity
        /// What happens to the transaction.
        case disruption
        /// Whether the match is written down.
        case logging
        /// What the log tells of the rule.
        case description
        /// Which rule comes next.
        case flow
        /// How values are looked at.
        case matching
        /// What changes in the transaction.
        case effect
    }

    var family: Family {
        switch self {
        case .id, .phase: .identity
        case .deny, .drop, .redirect, .proxy, .allow, .block, .pass, .status, .pause: .disruption
        case .log, .nolog, .auditlog, .noauditlog: .logging
        case .msg, .logdata, .tag, .severity, .ver, .rev, .accuracy, .maturity: .description
        case .chain, .skip, .skipAfter: .flow
        case .capture, .multiMatch, .t, .xmlns: .matching
        case .setvar, .setenv, .initcol, .setsid, .setuid, .setrsc, .expirevar, .deprecatevar, .ctl,
            .sanitiseArg, .sanitiseRequestHeader, .sanitiseResponseHeader, .sanitiseMatched,
            .sanitiseMatchedBytes, .append, .prepend:
            .effect
        }
    }

    enum ValueRule { case required, optional, none }

    var valueRule: ValueRule {
        switch self {
        case .allow, .sanitiseMatchedBytes: .optional
        case .deny, .drop, .block, .pass, .log, .nolog, .auditlog, .noauditlog, .capture, .chain, .multiMatch,
            .sanitiseMatched:
            .none
        case .id, .phase, .redirect, .status, .msg, .logdata, .tag, .severity, .ver, .rev, .accuracy,
            .maturity, .skip, .skipAfter, .t, .xmlns, .setvar, .setenv, .initcol, .setsid, .setuid,
            .setrsc, .expirevar, .deprecatevar, .ctl, .sanitiseArg, .sanitiseRequestHeader,
            .sanitiseResponseHeader, .append, .prepend, .proxy, .pause:
            .required
        }
    }

    /// Whether it says what happens to the transaction: of several the last one counts. A pause comes
    /// before whatever that is.
    var isDisruptive: Bool { family == .disruption && self != .status && self != .pause }

    /// Whether only the first rule of a chain may have it: it acts for the whole chain.
    ///
    /// ModSecurity 2 refuses the same ones; `log` and its like it accepts and ignores, and a
    /// `status` counts from any link.
    var belongsToChainStarter: Bool {
        switch family {
        case .identity, .description: true
        case .disruption: self != .status
        case .flow: self != .chain
        case .logging, .matching, .effect: false
        }
    }

    /// Whether SecDefaultAction may hand it on: what describes one rule it may not.
    var mayBeDefault: Bool {
        switch family {
        case .identity: self == .phase
        case .description: self == .tag
        case .flow: false
        case .disruption, .logging, .matching: true
        case .effect: self == .setvar
        }
    }

    /// Spellings of American readers, and what is refused.
    static let table = WordTable(
        supported: allCases.map { ($0.rawValue, $0) } + [
            ("sanitizeArg", .sanitiseArg), ("sanitizeRequestHeader", .sanitiseRequestHeader),
            ("sanitizeResponseHeader", .sanitiseResponseHeader), ("sanitizeMatched", .sanitiseMatched),
            ("sanitizeMatchedBytes", .sanitiseMatchedBytes),
        ],
        unsupported: [("exec", "wafd runs no other programs and no scripts")])
}
