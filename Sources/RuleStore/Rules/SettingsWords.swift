// The record of the engine's settings.

/// The words of the settings' record, in order.
enum SettingsWord: Int, CaseIterable {
    case mode, flags
    /// 64 bits each.
    case requestLimit, requestLimitHigh, noFilesLimit, noFilesLimitHigh, responseLimit, responseLimitHigh
    case requestAction, responseAction
    case argumentSeparator, argumentsLimit, jsonDepthLimit, fileLimit
    case matchLimit, matchDepthLimit
    case collectionTimeout
    case auditMode, auditParts, auditRelevantStatus
    case debugLogLevel
    /// Place and length each.
    case auditLog, auditLogCount, webAppID, webAppIDCount, serverSignature, serverSignatureCount
    case sensorID, sensorIDCount, debugLog, debugLogCount
    case componentSignatures, componentSignaturesCount
    case reserved

    static let recordBytes = allCases.count * 4

    enum Flag {
        static let inspectsRequestBody: UInt32 = 1
        static let inspectsResponseBody: UInt32 = 2
        static let readsVersion1Cookies: UInt32 = 4
        static let injectsContent: UInt32 = 8
        static let streamsRequestBody: UInt32 = 16
        static let streamsResponseBody: UInt32 = 32
        static let readsDocuments: UInt32 = 64
        static let all: UInt32 = 127
    }
}

extension EngineSettings {
    /// The record; strings go to the pool.
    func words(strings: inout StringPool) -> [UInt32] {
        var words = [UInt32](repeating: 0, count: SettingsWord.allCases.count)
        func set(_ word: SettingsWord, _ value: UInt32) { words[word.rawValue] = value }
        func set(_ word: SettingsWord, _ number: Int) { set(word, UInt32(clamping: number)) }
        func set(wide word: SettingsWord, _ number: Int) {
            let bits = UInt64(max(0, number))
            words[word.rawValue] = UInt32(truncatingIfNeeded: bits)
            words[word.rawValue + 1] = UInt32(truncatingIfNeeded: bits >> 32)
        }
        func set(_ word: SettingsWord, _ text: String) {
            let place = strings.place(text)
            words[word.rawValue] = place.offset
            words[word.rawValue + 1] = place.count
        }
        set(.mode, mode.rawValue)
        var flags: UInt32 = inspectsRequestBody ? SettingsWord.Flag.inspectsRequestBody : 0
        if inspectsResponseBody { flags |= SettingsWord.Flag.inspectsResponseBody }
        if readsVersion1Cookies { flags |= SettingsWord.Flag.readsVersion1Cookies }
        if injectsContent { flags |= SettingsWord.Flag.injectsContent }
        if streamsRequestBody { flags |= SettingsWord.Flag.streamsRequestBody }
        if streamsResponseBody { flags |= SettingsWord.Flag.streamsResponseBody }
        if readsDocuments { flags |= SettingsWord.Flag.readsDocuments }
        set(.flags, flags)
        set(wide: .requestLimit, requestBodyLimitBytes)
        set(wide: .noFilesLimit, requestBodyNoFilesLimitBytes)
        set(wide: .responseLimit, responseBodyLimitBytes)
        set(.requestAction, requestBodyLimitAction.rawValue)
        set(.responseAction, responseBodyLimitAction.rawValue)
        set(.argumentSeparator, UInt32(argumentSeparator))
        set(.argumentsLimit, argumentsLimit.map { UInt32(clamping: $0) } ?? RuleSetLayout.none)
        set(.jsonDepthLimit, jsonDepthLimit)
        set(.fileLimit, fileLimit)
        set(.matchLimit, matchLimit)
        set(.matchDepthLimit, matchDepthLimit)
        set(.collectionTimeout, collectionTimeoutSeconds)
        set(.auditMode, auditMode?.rawValue ?? RuleSetLayout.none)
        set(.auditParts, auditParts.rawValue)
        set(.auditRelevantStatus, auditRelevantStatus.map { UInt32(clamping: $0) } ?? RuleSetLayout.none)
        set(.debugLogLevel, debugLogLevel)
        set(.auditLog, auditLog)
        set(.webAppID, webAppID)
        set(.serverSignature, serverSignature)
        set(.sensorID, sensorID)
        set(.debugLog, debugLog)
        set(.componentSignatures, componentSignatures)
        return words
    }
}
