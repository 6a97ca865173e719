// What ctl changed for the rest of a transaction.

internal import Bytes
internal import RuleStore

/// Settings that stand in for those of the rule set, and rules that are out.
struct TransactionControls {
    var inspectsRequestBody: Bool?
    var inspectsResponseBody: Bool?
    var forcesRequestBodyVariable = false
    var requestBodyLimitBytes: Int?
    var responseBodyLimitBytes: Int?
    /// By index: one bit a rule; empty while none is removed.
    private var removedRules: ContiguousArray<UInt64> = []
    /// Variables that some rules do not look at any more: a selection and a target record each.
    private(set) var removedTargets: ContiguousArray<(selection: Int, target: Int)> = []
    /// The rules of these selections, one bit a rule; empty while there are none.
    private(set) var trimmedRules: ContiguousArray<UInt64> = []

    mutating func removeAll() {
        inspectsRequestBody = nil
        inspectsResponseBody = nil
        forcesRequestBodyVariable = false
        requestBodyLimitBytes = nil
        responseBodyLimitBytes = nil
        removedRules.removeAll(keepingCapacity: true)
        removedTargets.removeAll(keepingCapacity: true)
        trimmedRules.removeAll(keepingCapacity: true)
    }

    mutating func removeRules(_ selection: Int, _ view: RuleSetView) {
        if removedRules.isEmpty {
            removedRules = ContiguousArray(repeating: 0, count: (view.ruleCount + 63) / 64)
        }
        for place in view.selection(selection) {
            for rule in view.selectionRange(place) { removedRules[rule / 64] |= 1 << UInt64(rule % 64) }
        }
    }

    /// Whether no rule and no rule's variable was taken out.
    var leavesRulesAlone: Bool { removedRules.isEmpty && trimmedRules.isEmpty }

    func isRemoved(rule: Int) -> Bool {
        !removedRules.isEmpty && removedRules[rule / 64] & 1 << UInt64(rule % 64) != 0
    }

    /// The same removal twice is kept once: a rule may match for each of many values.
    mutating func removeTarget(selection: Int, target: Int, _ view: RuleSetView) {
        if removedTargets.contains(where: { $0.selection == selection && $0.target == target }) { return }
        removedTargets.append((selection: selection, target: target))
        if trimmedRules.isEmpty {
            trimmedRules = ContiguousArray(repeating: 0, count: (view.ruleCount + 63) / 64)
        }
        for place in view.selection(selection) {
            for rule in view.selectionRange(place) { trimmedRules[rule / 64] |= 1 << UInt64(rule % 64) }
        }
    }

    func hasRemovedTargets(rule: Int) -> Bool {
        !trimmedRules.isEmpty && trimmedRules[rule / 64] & 1 << UInt64(rule % 64) != 0
    }
}
