// Settings and short lists of a rule set.

package import Bytes

extension RuleSetView {
    private func setting(_ word: SettingsWord) -> UInt32 {
        blob.loadUInt32(at: settingsOffset + word.rawValue * 4)
    }

    private func wideSetting(_ word: SettingsWord) -> Int {
        Int(clamping: blob.loadUInt64(at: settingsOffset + word.rawValue * 4))
    }

    private func text(_ word: SettingsWord) -> ByteView { string(at: settingsOffset + word.rawValue * 4) }

    private func has(_ flag: UInt32) -> Bool { setting(.flags) & flag != 0 }

    package var mode: EngineSettings.Mode { EngineSettings.Mode(rawValue: setting(.mode))! }
    package var readsDocuments: Bool { has(SettingsWord.Flag.readsDocuments) }
    package var inspectsRequestBody: Bool { has(SettingsWord.Flag.inspectsRequestBody) }
    package var inspectsResponseBody: Bool { has(SettingsWord.Flag.inspectsResponseBody) }
    package var readsVersion1Cookies: Bool { has(SettingsWord.Flag.readsVersion1Cookies) }
    package var injectsContent: Bool { has(SettingsWord.Flag.injectsContent) }
    package var streamsRequestBody: Bool { has(SettingsWord.Flag.streamsRequestBody) }
    package var streamsResponseBody: Bool { has(SettingsWord.Flag.streamsResponseBody) }
    package var requestBodyLimitBytes: Int { wideSetting(.requestLimit) }
    package var requestBodyNoFilesLimitBytes: Int { wideSetting(.noFilesLimit) }
    package var responseBodyLimitBytes: Int { wideSetting(.responseLimit) }
    package var requestBodyLimitAction: EngineSettings.LimitAction {
        EngineSettings.LimitAction(rawValue: setting(.requestAction))!
    }
    package var responseBodyLimitAction: EngineSettings.LimitAction {
        EngineSettings.LimitAction(rawValue: setting(.responseAction))!
    }
    package var argumentSeparator: UInt8 { UInt8(truncatingIfNeeded: setting(.argumentSeparator)) }
    package var argumentsLimit: Int? {
        let limit = setting(.argumentsLimit)
        return limit == RuleSetLayout.none ? nil : Int(limit)
    }
    package var jsonDepthLimit: Int { Int(setting(.jsonDepthLimit)) }
    package var fileLimit: Int { Int(setting(.fileLimit)) }
    package var matchLimit: Int { Int(setting(.matchLimit)) }
    package var matchDepthLimit: Int { Int(setting(.matchDepthLimit)) }
    package var collectionTimeoutSeconds: Int { Int(setting(.collectionTimeout)) }
    /// nil where no rule file says.
    package var auditMode: EngineSettings.AuditMode? {
        EngineSettings.AuditMode(rawValue: setting(.auditMode))
    }
    package var auditParts: AuditParts { AuditParts(rawValue: setting(.auditParts)) }
    /// Index of the program.
    package var auditRelevantStatus: Int? {
        let index = setting(.auditRelevantStatus)
        return index == RuleSetLayout.none ? nil : Int(index)
    }
    package var auditLog: ByteView { text(.auditLog) }
    package var componentSignatures: ByteView { text(.componentSignatures) }
    package var webAppID: ByteView { text(.webAppID) }
    package var serverSignature: ByteView { text(.serverSignature) }
    package var sensorID: ByteView { text(.sensorID) }
    package var debugLog: ByteView { text(.debugLog) }
    package var debugLogLevel: Int { Int(setting(.debugLogLevel)) }

    /// Whether `type`, without parameters and in any case, is one of SecResponseBodyMimeType.
    package func inspectsResponseBody(ofType type: ByteView) -> Bool {
        for index in 0..<bodyTypes.count
        where string(at: bodyTypes.offset + index * 8).equalsIgnoringASCIICase(type) {
            return true
        }
        return false
    }

    /// Whether some rule adds to the TX member `name`: a score, which a message starts without.
    package func isAccumulated(_ name: ByteView) -> Bool {
        for index in 0..<accumulatorRecords.count {
            let offset = accumulatorRecords.offset + index * 12
            let known = string(at: offset + 4)
            if blob.loadUInt32(at: offset) == 1 {
                if name.count >= known.count, name[..<known.count].equalsIgnoringASCIICase(known) {
                    return true
                }
            } else if name.equalsIgnoringASCIICase(known) {
                return true
            }
        }
        return false
    }

    /// Whether rules that judge messages name this member of a handshake's collection.
    package func isReadByMessages(_ variable: VariableName, key: ByteView) -> Bool {
        for index in 0..<messageReadRecords.count {
            let offset = messageReadRecords.offset + index * 16
            guard blob.loadUInt32(at: offset) == variable.rawValue else { continue }
            if blob.loadUInt32(at: offset + 4) == 0 { return true }
            if string(at: offset + 8).equalsIgnoringASCIICase(key) { return true }
        }
        return false
    }
}
