// The directives. SecRule, SecAction and SecMarker have a grammar of their own; the others take
// plain arguments.

enum DirectiveName: String, CaseIterable, Sendable {
    case rule = "SecRule"
    case action = "SecAction"
    case marker = "SecMarker"
    case include = "Include"
    case defaultAction = "SecDefaultAction"
    case ruleRemoveByID = "SecRuleRemoveById"
    case ruleEngine = "SecRuleEngine"
    case requestBodyAccess = "SecRequestBodyAccess"
    case requestBodyLimit = "SecRequestBodyLimit"
    case requestBodyNoFilesLimit = "SecRequestBodyNoFilesLimit"
    case requestBodyLimitAction = "SecRequestBodyLimitAction"
    case responseBodyAccess = "SecResponseBodyAccess"
    case responseBodyLimit = "SecResponseBodyLimit"
    case responseBodyLimitAction = "SecResponseBodyLimitAction"
    case responseBodyMimeType = "SecResponseBodyMimeType"
    case responseBodyMimeTypesClear = "SecResponseBodyMimeTypesClear"
    case argumentSeparator = "SecArgumentSeparator"
    /// Only labels logs with the name of the rule set.
    case componentSignature = "SecComponentSignature"

    var argumentCount: ClosedRange<Int> {
        switch self {
        case .rule: 2...3
        case .ruleRemoveByID, .responseBodyMimeType: 1...Int.max
        case .responseBodyMimeTypesClear: 0...0
        case .action, .marker, .include, .defaultAction, .ruleEngine, .requestBodyAccess,
            .requestBodyLimit, .requestBodyNoFilesLimit, .requestBodyLimitAction, .responseBodyAccess,
            .responseBodyLimit, .responseBodyLimitAction, .argumentSeparator, .componentSignature:
            1...1
        }
    }

    static let table = WordTable(
        supported: allCases.map { ($0.rawValue, $0) }, unsupported: unsupportedSpellings)

    /// Directives of ModSecurity 2 and 3 and of Coraza.
    private static let unsupportedSpellings = [
        "IncludeOptional", "SecArgumentsLimit", "SecAuditEngine", "SecAuditLog", "SecAuditLog2",
        "SecAuditLogDir", "SecAuditLogDirMode", "SecAuditLogFileMode", "SecAuditLogFormat",
        "SecAuditLogParts", "SecAuditLogPrefix", "SecAuditLogRelevantStatus", "SecAuditLogStorageDir",
        "SecAuditLogType", "SecCacheTransformations", "SecChrootDir", "SecCollectionTimeout",
        "SecConnEngine", "SecConnReadStateLimit", "SecConnWriteStateLimit", "SecContentInjection",
        "SecCookieFormat", "SecCookieV0Separator", "SecDataDir", "SecDataset", "SecDebugLog",
        "SecDebugLogLevel", "SecDisableBackendCompression", "SecGeoLookupDb", "SecGsbLookupDb",
        "SecGuardianLog", "SecHashEngine", "SecHashKey", "SecHashMethodPm", "SecHashMethodRx",
        "SecHashParam", "SecHttpBlKey", "SecInterceptOnError", "SecParseXmlIntoArgs",
        "SecPcreMatchLimit", "SecPcreMatchLimitRecursion", "SecReadStateLimit", "SecRemoteRules",
        "SecRemoteRulesFailAction", "SecRequestBodyInMemoryLimit", "SecRequestBodyJsonDepthLimit",
        "SecRuleInheritance", "SecRulePerfTime", "SecRuleRemoveByMsg", "SecRuleRemoveByTag",
        "SecRuleScript", "SecRuleUpdateActionById", "SecRuleUpdateTargetById",
        "SecRuleUpdateTargetByMsg", "SecRuleUpdateTargetByTag", "SecSensorId", "SecServerSignature",
        "SecStatusEngine", "SecStreamInBodyInspection", "SecStreamOutBodyInspection", "SecTmpDir",
        "SecTmpSaveUploadedFiles", "SecUnicodeCodePage", "SecUnicodeMapFile", "SecUploadDir",
        "SecUploadFileLimit", "SecUploadFileMode", "SecUploadKeepFiles", "SecWebAppId",
        "SecWriteStateLimit", "SecXmlExternalEntity",
    ]
}
