// What `ctl` can change.

enum ControlName: String, CaseIterable, Sendable {
    case ruleEngine, auditEngine, auditLogParts, debugLogLevel
    case requestBodyAccess, responseBodyAccess, requestBodyLimit, responseBodyLimit
    case forceRequestBodyVariable, requestBodyProcessor
    case ruleRemoveByID = "ruleRemoveById"
    case ruleRemoveByTag, ruleRemoveByMsg
    case ruleRemoveTargetByID = "ruleRemoveTargetById"
    case ruleRemoveTargetByTag, ruleRemoveTargetByMsg

    static let table = WordTable(
        supported: allCases.map { ($0.rawValue, $0) }, unsupported: ["hashEnforcement", "hashEngine"].map { ($0, "wafd signs no links") })
}
