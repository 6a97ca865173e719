// The directives. SecRule, SecAction and SecMarker have a grammar of their own; the others take
// plain arguments.

enum DirectiveName: String, CaseIterable, Sendable {
    case rule = "SecRule"
    case action = "SecAction"
    case marker = "SecMarker"
    case include = "Include"
    case includeOptional = "IncludeOptional"
    case defaultAction = "SecDefaultAction"
    /// Names the rule set in the audit log.
    case componentSignature = "SecComponentSignature"
    case ruleEngine = "SecRuleEngine"

    case ruleRemoveByID = "SecRuleRemoveById"
    case ruleRemoveByTag = "SecRuleRemoveByTag"
    case ruleRemoveByMsg = "SecRuleRemoveByMsg"
    case ruleUpdateTargetByID = "SecRuleUpdateTargetById"
    case ruleUpdateTargetByTag = "SecRuleUpdateTargetByTag"
    case ruleUpdateTargetByMsg = "SecRuleUpdateTargetByMsg"
    case ruleUpdateActionByID = "SecRuleUpdateActionById"

    case requestBodyAccess = "SecRequestBodyAccess"
    case requestBodyLimit = "SecRequestBodyLimit"
    case requestBodyNoFilesLimit = "SecRequestBodyNoFilesLimit"
    case requestBodyLimitAction = "SecRequestBodyLimitAction"
    case requestBodyJSONDepthLimit = "SecRequestBodyJsonDepthLimit"
    case argumentsLimit = "SecArgumentsLimit"
    case uploadFileLimit = "SecUploadFileLimit"
    case responseBodyAccess = "SecResponseBodyAccess"
    case responseBodyLimit = "SecResponseBodyLimit"
    case responseBodyLimitAction = "SecResponseBodyLimitAction"
    case responseBodyMimeType = "SecResponseBodyMimeType"
    case responseBodyMimeTypesClear = "SecResponseBodyMimeTypesClear"

    case argumentSeparator = "SecArgumentSeparator"
    case cookieFormat = "SecCookieFormat"
    case unicodeMapFile = "SecUnicodeMapFile"
    case unicodeCodePage = "SecUnicodeCodePage"
    case pcreMatchLimit = "SecPcreMatchLimit"
    case pcreMatchLimitRecursion = "SecPcreMatchLimitRecursion"

    case auditEngine = "SecAuditEngine"
    case auditLog = "SecAuditLog"
    case auditLogParts = "SecAuditLogParts"
    case auditLogRelevantStatus = "SecAuditLogRelevantStatus"
    case auditLogType = "SecAuditLogType"
    case auditLogFormat = "SecAuditLogFormat"
    case debugLog = "SecDebugLog"
    case debugLogLevel = "SecDebugLogLevel"

    case collectionTimeout = "SecCollectionTimeout"
    case webAppID = "SecWebAppId"
    case serverSignature = "SecServerSignature"
    case sensorID = "SecSensorId"

    // Accepted for the sake of common configurations; see `acceptedWords`.
    case tmpDir = "SecTmpDir"
    case dataDir = "SecDataDir"
    case uploadDir = "SecUploadDir"
    case uploadFileMode = "SecUploadFileMode"
    case requestBodyInMemoryLimit = "SecRequestBodyInMemoryLimit"
    case uploadKeepFiles = "SecUploadKeepFiles"
    case saveUploadedFiles = "SecTmpSaveUploadedFiles"
    case xmlExternalEntity = "SecXmlExternalEntity"
    case parseXMLIntoArguments = "SecParseXmlIntoArgs"
    case streamInBodyInspection = "SecStreamInBodyInspection"
    case streamOutBodyInspection = "SecStreamOutBodyInspection"
    case contentInjection = "SecContentInjection"
    case hashEngine = "SecHashEngine"
    case geoLookupDatabase = "SecGeoLookupDb"
    case disableBackendCompression = "SecDisableBackendCompression"
    case statusEngine = "SecStatusEngine"

    /// Which part of the engine a directive is about; each family is compiled in a file of its own.
    enum Family {
        /// SecRule and its like, with a grammar of their own.
        case rules
        /// Changes to rules loaded before.
        case exclusions
        case bodies
        /// How input is read and matched.
        case parsing
        case logging
        /// Names and times.
        case identity
        /// Without effect: see `acceptedWords`.
        case inert
    }

    var family: Family {
        switch self {
        case .rule, .action, .marker, .include, .includeOptional, .defaultAction, .componentSignature,
            .ruleEngine:
            .rules
        case .ruleRemoveByID, .ruleRemoveByTag, .ruleRemoveByMsg, .ruleUpdateTargetByID,
            .ruleUpdateTargetByTag, .ruleUpdateTargetByMsg, .ruleUpdateActionByID:
            .exclusions
        case .requestBodyAccess, .requestBodyLimit, .requestBodyNoFilesLimit, .requestBodyLimitAction,
            .requestBodyJSONDepthLimit, .argumentsLimit, .uploadFileLimit, .responseBodyAccess,
            .responseBodyLimit, .responseBodyLimitAction, .responseBodyMimeType,
            .responseBodyMimeTypesClear, .contentInjection, .streamInBodyInspection, .streamOutBodyInspection:
            .bodies
        case .geoLookupDatabase: .parsing
        case .argumentSeparator, .cookieFormat, .unicodeMapFile, .unicodeCodePage, .pcreMatchLimit,
            .pcreMatchLimitRecursion:
            .parsing
        case .auditEngine, .auditLog, .auditLogParts, .auditLogRelevantStatus, .auditLogType,
            .auditLogFormat, .debugLog, .debugLogLevel:
            .logging
        case .collectionTimeout, .webAppID, .serverSignature, .sensorID: .identity
        case .tmpDir, .dataDir, .uploadDir, .uploadFileMode, .requestBodyInMemoryLimit, .uploadKeepFiles,
            .saveUploadedFiles, .xmlExternalEntity, .parseXMLIntoArguments, .hashEngine, .disableBackendCompression,
            .statusEngine:
            .inert
        }
    }

    var argumentCount: ClosedRange<Int> {
        switch self {
        case .rule, .ruleUpdateTargetByID, .ruleUpdateTargetByTag, .ruleUpdateTargetByMsg: 2...3
        case .ruleUpdateActionByID: 2...2
        case .ruleRemoveByID, .responseBodyMimeType: 1...Int.max
        case .unicodeMapFile: 1...2
        case .responseBodyMimeTypesClear: 0...0
        default: 1...1
        }
    }

    /// The words that a directive without effect may have, in lower case; nil: any.
    ///
    /// Nothing is written to a folder, as bodies and uploads stay in memory; what a word would
    /// switch on, and is not there, is refused; whether a backend compresses makes no difference to
    /// an engine that decodes; nobody is told about the installation.
    var acceptedWords: [String]? {
        switch self {
        case .uploadKeepFiles, .saveUploadedFiles, .xmlExternalEntity, .parseXMLIntoArguments, .hashEngine:
            ["off"]
        case .disableBackendCompression, .statusEngine: ["on", "off"]
        default: nil
        }
    }

    static let table = WordTable(
        supported: allCases.map { ($0.rawValue, $0) }, unsupported: refusals)

    /// Directives of ModSecurity 2 and 3 and of Coraza.
    private static let refusals: [(String, String)] =
        [
            "SecAuditLog2", "SecAuditLogDir", "SecAuditLogDirMode", "SecAuditLogFileMode", "SecAuditLogPrefix",
            "SecAuditLogStorageDir",
        ].map { ($0, "the audit log is one file of lines, opened by the master") }
        + [
            "SecConnEngine", "SecConnReadStateLimit", "SecConnWriteStateLimit", "SecReadStateLimit",
            "SecWriteStateLimit",
        ].map { ($0, "connections are bounded by worker_connections and the time-outs of wafd.conf") }
        + ["SecHashKey", "SecHashMethodPm", "SecHashMethodRx", "SecHashParam"].map { ($0, "wafd signs no links") }
        + ["SecRemoteRules", "SecRemoteRulesFailAction"].map {
            ($0, "rules are files: fetch them beforehand and name them with waf_rules_file")
        }
        + [
            ("SecCacheTransformations", "transformed values are always kept while a phase runs"),
            ("SecChrootDir", "workers drop their rights themselves, see the directive user"),
            ("SecCookieV0Separator", "cookies are separated by semicolons"),
            ("SecDataset", "it is Coraza's; list phrases with @pmFromFile"),
            ("SecGsbLookupDb", "the lookup service that it belongs to exists no more"),
            ("SecGuardianLog", "logs go to files, never to programs"),
            ("SecHttpBlKey", "wafd asks no name server while it judges"),
            ("SecInterceptOnError", "an operator that passes its limits matches"),
            ("SecRuleInheritance", "a location has the rules around it first; `waf_rules_file off` leaves them out"),
            ("SecRulePerfTime", "the time that rules take is not measured while they run"),
            ("SecRuleScript", "wafd runs no scripts"),
        ]
}
