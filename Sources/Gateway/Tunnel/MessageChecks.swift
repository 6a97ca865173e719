// What a route asks of the messages of its tunnels.

internal import BodyFormats
internal import Pipeline
internal import RuleStore

/// The answers that every message needs, kept beside each other.
struct MessageChecks: Equatable {
    let refusesText: Bool
    let refusesBinary: Bool
    /// Whether rules look at the messages.
    let hasRules: Bool
    /// Whether they go through stages of a pipeline, in place of rules and target.
    let hasPipeline: Bool
    /// How messages are read; nil: by what each looks like.
    let format: MessageFormat?
    /// Whether a message that is not of the format ends the connection.
    let checksFormat: Bool
    let hasSchema: Bool
    /// Whether what clients send is counted by the second.
    let isRated: Bool
    /// Positive rules are enforced, rather than noted.
    let isEnforced: Bool
    /// Whether a target is asked about each message.
    let asksTarget: Bool
    /// What a denial by the rules does.
    let denial: MessagePolicy.Denial

    /// - Parameters:
    ///   - declared: The format that the handshake has declared.
    ///   - hasContext: Whether the handshake is known in the form that rules read.
    init(_ route: Route, declared: DeclaredFormat, hasContext: Bool) {
        let messages = route.settings.messages
        refusesText = !route.settings.acceptsTextMessages
        refusesBinary = !route.settings.acceptsBinaryMessages
        let isInspected = route.settings.webSocketInspection != .off
        let pipeline = isInspected ? route.activePipeline : nil
        hasPipeline = pipeline?.has(.message) ?? false
        hasRules = hasContext && isInspected && route.requestRules != nil && pipeline == nil
        let reading = declared.reading(under: messages.format)
        format = reading.format
        checksFormat = isInspected && messages.closesMalformed && reading.isBinding
        hasSchema = isInspected && messages.schema != nil
        isRated = isInspected && (messages.messagesPerSecond != nil || messages.bytesPerSecond != nil)
        isEnforced = route.settings.webSocketInspection == .on
        let stageAsks = pipeline?.stages.contains { $0.policy.name == "remote" } ?? false
        asksTarget = isInspected && !stageAsks && route.desk?.policy.asksMessages == true
        denial = messages.denial
    }

    /// Nothing is asked: a message only has to be well-formed.
    var isEmpty: Bool { !refusesText && !refusesBinary && !needsPayload && !isRated }

    /// Whether anybody looks into messages.
    var needsPayload: Bool { hasRules || hasPipeline || checksFormat || hasSchema || asksTarget }
}
