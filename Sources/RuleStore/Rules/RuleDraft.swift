// One rule, action or marker as the compiler hands it to the store.

package import Bytes

/// One link of a chain, a rule of its own, a SecAction or a SecMarker.
package struct RuleDraft: Sendable {
    package enum Kind: UInt32, Sendable {
        /// SecRule: variables, an operator, actions.
        case rule = 1
        /// SecAction: always matches.
        case action
        /// SecMarker: a place that skipAfter jumps to.
        case marker
    }

    package var kind = Kind.rule
    /// 0 for the later links of a chain and for markers.
    package var id: UInt32 = 0
    /// 1 to 5 (request headers, request body, response headers, response body, logging).
    package var phase: UInt32 = 2
    /// Whether the next rule of the set is a further link of this chain.
    package var isChained = false
    package var targets: [TargetDraft] = []
    package var test = OperatorDraft(name: .unconditionalMatch)
    /// In order, after `t:none` and the defaults have been worked out.
    package var transformations: [TransformationName] = []
    package var captures = false
    package var matchesEveryTransformation = false
    /// Acts when the last link matched; that of the starter counts.
    package var disruption = Disruption.pass
    /// HTTP status of a denial or redirection.
    package var status: UInt32 = 403
    /// Where `redirect` sends the client, and `proxy` the request.
    package var location = MacroText(parts: [])
    package var logs = true
    package var auditLogs = true
    /// In the order written; run for each matching variable of each link.
    package var actions: [ActionDraft] = []
    package var message = MacroText(parts: [])
    package var logData = MacroText(parts: [])
    package var tags: [MacroText] = []
    /// 0 (EMERGENCY) to 7 (DEBUG); nil when not given.
    package var severity: UInt32?
    /// 1 to 9, 0 when not given.
    package var accuracy: UInt32 = 0
    /// 1 to 9, 0 when not given.
    package var maturity: UInt32 = 0
    package var version = ""
    package var revision = ""
    /// Name of the marker to jump to when the chain matched; empty: none.
    package var skipAfter = ""
    /// Chains that follow in the phase and are left out when this one matched.
    package var skip: UInt32 = 0
    /// Prefixes for XPath selectors: prefix, then the name of the namespace.
    package var namespaces: [[UInt8]] = []
    /// Name of a marker; empty otherwise.
    package var markerName = ""
    package var file = ""
    package var line: UInt32 = 0

    package init() {}
}

/// What a matching rule does to the transaction.
package enum Disruption: UInt32, Sendable {
    /// Nothing; go on with the next rule.
    case pass = 0
    /// Answer with the rule's status.
    case deny
    /// Close the connection without an answer.
    case drop
    /// Answer with a redirection.
    case redirect
    /// Pass without a look at further rules of phases 1 to 4.
    case allow
    /// Pass without a look at further rules of the phase.
    case allowPhase
    /// Pass without a look at further rules of phases 1 and 2.
    case allowRequest
    /// Forward to another server.
    case proxy

    /// Whether the transaction is cut short rather than let through.
    package var isInterception: Bool {
        switch self {
        case .deny, .drop, .redirect, .proxy: true
        case .pass, .allow, .allowPhase, .allowRequest: false
        }
    }
}

/// One variable of a rule's list.
package struct TargetDraft: Equatable, Hashable, Sendable {
    package enum Selector: Equatable, Hashable, Sendable {
        /// The whole variable or every member of the collection.
        case all
        /// One member; compares without regard to case.
        case key([UInt8])
        /// Members whose name matches: an index into the set's programs.
        case pattern(program: Int)
        /// `XML:/*`: an XPath expression.
        case path([UInt8])
    }
    package var variable: VariableName
    package var selector: Selector
    /// `&NAME`: the number of members instead of their values.
    package var isCounted = false
    /// `!NAME`: takes away from the list.
    package var isExcluded = false

    package init(variable: VariableName, selector: Selector = .all) {
        self.variable = variable
        self.selector = selector
    }
}

/// The operator of a rule with its argument.
package struct OperatorDraft: Equatable, Sendable {
    package var name: OperatorName
    package var isNegated = false
    /// As written. Macros are split off where the operator takes them; where the argument was
    /// compiled, the text is for logs only.
    package var argument = MacroText(parts: [])
    /// Index into the set's programs, for the operators that run one.
    package var program: Int?
    /// What a value must have to match; nil: nothing is known. Of the operator before `!`.
    package var gate: ByteGate?

    package init(name: OperatorName) { self.name = name }
}
