// ctl

internal import Bytes
internal import RuleStore

extension Transaction {
    /// Acts at once, on rules that follow in this transaction.
    func control(_ control: ControlRecord, _ rules: RuleSet) {
        switch control {
        case .ruleEngine(let mode):
            // `waf detect` stays the most that rules may ask for.
            self.mode = isDetectOnly && mode == .on ? .detectionOnly : mode
        case .auditEngine(let mode): if audit.mode != nil { audit.mode = mode }
        case .auditLogParts(let change, let parts): changeAuditParts(change, parts, rules)
        case .requestBodyAccess(let isOn): controls.inspectsRequestBody = isOn
        case .responseBodyAccess(let isOn): controls.inspectsResponseBody = isOn
        case .forceRequestBodyVariable(let isOn): controls.forcesRequestBodyVariable = isOn
        case .requestBodyProcessor(let name): request.processor = name
        case .requestBodyLimit(let bytes): controls.requestBodyLimitBytes = bytes
        case .responseBodyLimit(let bytes): controls.responseBodyLimitBytes = bytes
        case .debugLogLevel(let level): if hasDebugLog { debug.level = level }
        case .removeRules(let selection): controls.removeRules(selection, rules.view)
        case .removeTarget(let selection, let target):
            controls.removeTarget(selection: selection, target: target, rules.view)
        }
    }

    private func changeAuditParts(_ change: AuditPartsChange, _ parts: AuditParts, _ rules: RuleSet) {
        let current = audit.parts ?? rules.view.auditParts
        audit.parts =
            switch change {
            case .replace: parts
            case .add: current.union(parts)
            case .remove: current.subtracting(parts)
            }
    }

    /// Collects the target records that ctl took away from a rule. Later links of a chain keep theirs,
    /// as in ModSecurity 2.
    func collectRemovedTargets(of rule: RuleRecord, isStarter: Bool, _ rules: RuleSet) {
        scratch.removedTargets.removeAll(keepingCapacity: true)
        guard isStarter else { return }
        for removal in controls.removedTargets {
            for place in rules.view.selection(removal.selection)
            where rules.view.selectionRange(place).contains(rule.index) {
                scratch.removedTargets.append(removal.target)
                break
            }
        }
    }
}
