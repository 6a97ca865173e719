// What a transaction keeps for its entry in the audit log while it runs.

internal import Bytes
internal import RuleStore

/// Filled only where there is an audit log to write to.
struct AuditNotes: ~Copyable {
    /// nil: there is no audit log for this transaction.
    var mode: EngineSettings.AuditMode?
    /// nil: as the rule set says.
    var parts: AuditParts?
    /// Whether a rule with `auditlog` matched.
    var isRelevant = false
    /// Elements of `messages`, ready JSON.
    var messages = JSONWriter()
    var messageCount = 0
    /// Messages that did not fit.
    var omittedMessages = 0
    /// Indices of the rules that matched, for part K.
    private(set) var matchedRules: ContiguousArray<Int> = []
    private(set) var redactions: ContiguousArray<Redaction> = []
    /// More items were to be sanitised than are kept: then nothing that a peer sent is shown.
    private(set) var redactsEverything = false

    /// Whether what happens is to be remembered.
    var collects: Bool { mode != nil && mode != .off }

    mutating func redact(_ redaction: Redaction, limit: Int) {
        if redactions.contains(where: { $0.isSame(as: redaction) }) { return }
        if redactions.count < limit { redactions.append(redaction) } else { redactsEverything = true }
    }

    mutating func noteMatch(ofRule index: Int, limit: Int) {
        if matchedRules.count < limit, matchedRules.last != index { matchedRules.append(index) }
    }

    mutating func removeAll() {
        mode = nil
        parts = nil
        isRelevant = false
        messages.removeAll(keptBytes: AuditLimits.keptBytes)
        messageCount = 0
        omittedMessages = 0
        matchedRules.removeAll(keepingCapacity: true)
        redactions.removeAll(keepingCapacity: true)
        redactsEverything = false
    }
}
