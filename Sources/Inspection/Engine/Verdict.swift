// What the rules decided.

package import Bytes

/// The outcome so far of a transaction or a message.
package struct Verdict: Equatable, Sendable {
    package enum Action: Equatable, Sendable {
        case pass
        /// Answer with `status`.
        case deny
        /// Close the connection without an answer.
        case drop
        /// Answer with `status` and `location`.
        case redirect
        /// Forward to `location`, the name of an upstream or an address, with or without `http://` and a
        /// target.
        case proxy

        /// Whether the request or message goes no further.
        package var isInterception: Bool { self != .pass }
    }

    package var action: Action
    /// HTTP status of the denial or redirection, 0 where there is none. Also set for one that was not
    /// enforced.
    package var status: Int
    /// The rule that decided, 0 where none did or a limit of the engine was passed.
    package var ruleID: UInt32
    /// A denial that DetectionOnly or `waf detect` kept from being enforced: the first one.
    package var wouldDeny: Bool
    /// Where a redirection or another server is; the transaction's bytes, as sent by rules and so possibly by a peer.
    package var location: ByteView

    package init(
        action: Action, status: Int, ruleID: UInt32, wouldDeny: Bool = false, location: ByteView = .empty
    ) {
        self.action = action
        self.status = status
        self.ruleID = ruleID
        self.wouldDeny = wouldDeny
        self.location = location
    }

    package static let pass = Verdict(action: .pass, status: 0, ruleID: 0)
}
