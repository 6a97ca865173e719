// What the engine says in the debug log, in ModSecurity's words (Reference Manual, SecDebugLogLevel): 1
// interceptions, 2 warnings, 3 notices, 4 how rules ended, 9 every value.

internal import Bytes
internal import RuleStore

extension Transaction {
    /// From this level on every rule is tried on every value, so that each is told of.
    static let tracingLevel = 4

    /// Whether rules are told of one by one.
    var isTraced: Bool { debug.level >= Self.tracingLevel }

    func debugPhase(_ count: Int) {
        debug.line(4) { line in
            line.append("Starting phase ")
            line.append(plan.debugName)
            line.append(". This phase consists of ")
            line.append(decimal: count)
            line.append(" rule(s).")
        }
    }

    func debugRule(_ rule: RuleRecord, _ rules: RuleSet) {
        debug.line(4) { line in
            line.append("Recipe: Invoking rule [file \"")
            line.appendEscaped(rule.file(in: rules.view), limitBytes: LogLimits.fileBytes)
            line.append("\"] [line \"")
            line.append(decimal: rule.line)
            line.append("\"]")
            if rule.id != 0 {
                line.append(" [id \"")
                line.append(decimal: Int(rule.id))
                line.append("\"]")
            }
        }
    }

    func debugTest(
        _ selected: SelectedValue, _ value: ByteView, _ rule: RuleRecord, hasMatched: Bool, _ rules: RuleSet
    ) {
        debug.line(4) { line in
            line.append("Executing operator \"")
            if rule.isNegated { line.append("!") }
            line.append(rule.operatorName.logName)
            line.append("\" with param \"")
            line.appendEscaped(expand(rule.operatorText, rules), limitBytes: LogLimits.parameterBytes)
            line.append("\" against ")
            selected.appendDebugName(to: &line)
            line.append(".")
        }
        debug.line(9) { line in
            line.append("Target value: \"")
            line.appendEscaped(value, limitBytes: DebugTrace.valueBytes)
            line.append("\" (Variable: ")
            selected.appendDebugName(to: &line)
            line.append(")")
        }
        if hasMatched { debug.line(9) { $0.append("Operator matched.") } }
    }

    func debugOutcome(_ hasMatched: Bool) {
        debug.line(4) { line in
            line.append("Rule returned ")
            line.append(hasMatched ? "1." : "0.")
        }
    }

    func debugAssignment(_ collection: VariableName, _ name: ByteView) {
        debug.line(9) { line in
            line.append("Set variable \"")
            line.append(collection.spelling.lowercased())
            line.append(".")
            line.appendEscaped(name, limitBytes: LogLimits.nameBytes)
            line.append("\"")
            guard let value = stored(name, in: collection) else {
                line.append(" to nothing.")
                return
            }
            line.append(" to \"")
            line.appendEscaped(value, limitBytes: DebugTrace.valueBytes)
            line.append("\".")
        }
    }

    /// A matched rule that is logged, or that stops the transaction.
    func debugMatch(_ starter: RuleRecord, isEnforced: Bool, _ rules: RuleSet) {
        let stops = isEnforced && verdict.action.isInterception
        guard stops || starter.logs else { return }
        debug.line(stops ? 1 : 2) { line in
            if stops {
                line.append("Access denied ")
                switch starter.disruption {
                case .drop: line.append("with connection close")
                case .redirect: line.append("with redirection")
                case .proxy: line.append("using proxy")
                case .deny, .pass, .allow, .allowPhase, .allowRequest:
                    line.append("with code ")
                    line.append(decimal: verdict.status)
                }
                line.append(" (phase ")
                line.append(decimal: plan.phase)
                line.append("). ")
            } else {
                line.append("Warning. ")
            }
            line.append("[id \"")
            line.append(decimal: Int(starter.id))
            line.append("\"] [msg \"")
            line.appendEscaped(expand(starter.message, rules), limitBytes: LogLimits.messageBytes)
            line.append("\"]")
        }
    }
}

extension SelectedValue {
    fileprivate func appendDebugName(to line: inout ByteBuffer) {
        line.append(variable.spelling)
        if let key {
            line.append(":")
            line.appendEscaped(key, limitBytes: LogLimits.nameBytes)
        }
    }
}

extension RulePlan {
    fileprivate var debugName: StaticString {
        switch self {
        case .requestHeaders: "REQUEST_HEADERS"
        case .requestBody: "REQUEST_BODY"
        case .responseHeaders: "RESPONSE_HEADERS"
        case .responseBody: "RESPONSE_BODY"
        case .logging: "LOGGING"
        case .clientMessage: "CLIENT_MESSAGE"
        case .serverMessage: "SERVER_MESSAGE"
        }
    }
}
