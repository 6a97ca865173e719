// What a route asks of the messages of its tunnels.

internal import RuleStore

/// Three answers that every message needs, kept beside each other.
struct MessageChecks: Equatable {
    let refusesText: Bool
    let refusesBinary: Bool
    /// Whether rules look at the messages.
    let hasRules: Bool

    /// - Parameter hasContext: Whether the handshake is known in the form that rules read.
    init(_ route: Route, hasContext: Bool) {
        refusesText = !route.settings.acceptsTextMessages
        refusesBinary = !route.settings.acceptsBinaryMessages
        hasRules = hasContext && route.settings.webSocketInspection != .off && route.requestRules != nil
    }

    /// Nothing is asked: a message only has to be well-formed.
    var isEmpty: Bool { !refusesText && !refusesBinary && !hasRules }
}
