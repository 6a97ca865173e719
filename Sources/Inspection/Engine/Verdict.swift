// What the rules decided.

/// The outcome so far of a transaction or a message.
package struct Verdict: Equatable, Sendable {
    package enum Action: Equatable, Sendable {
        case pass
        case deny
    }

    package var action: Action
    /// HTTP status of the denial, 0 where there is none. Also set for a denial that was not
    /// enforced.
    package var status: Int
    /// The rule that denied, 0 where none did or a limit of the engine was passed.
    package var ruleID: UInt32
    /// A denial that DetectionOnly or `waf detect` kept from being enforced: the first one.
    package var wouldDeny: Bool

    package init(action: Action, status: Int, ruleID: UInt32, wouldDeny: Bool = false) {
        self.action = action
        self.status = status
        self.ruleID = ruleID
        self.wouldDeny = wouldDeny
    }

    package static let pass = Verdict(action: .pass, status: 0, ruleID: 0)
}
