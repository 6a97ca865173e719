// Settings and short lists of a rule set.

package import Bytes

extension RuleSetView {
    package var mode: EngineSettings.Mode {
        EngineSettings.Mode(rawValue: blob.loadUInt32(at: settingsOffset))!
    }
    package var inspectsRequestBody: Bool { blob.loadUInt32(at: settingsOffset + 4) & 1 != 0 }
    package var inspectsResponseBody: Bool { blob.loadUInt32(at: settingsOffset + 4) & 2 != 0 }
    package var requestBodyLimitBytes: Int { number(at: settingsOffset + 8) }
    package var requestBodyNoFilesLimitBytes: Int { number(at: settingsOffset + 16) }
    package var responseBodyLimitBytes: Int { number(at: settingsOffset + 24) }
    package var requestBodyLimitAction: EngineSettings.LimitAction {
        EngineSettings.LimitAction(rawValue: blob.loadUInt32(at: settingsOffset + 32))!
    }
    package var responseBodyLimitAction: EngineSettings.LimitAction {
        EngineSettings.LimitAction(rawValue: blob.loadUInt32(at: settingsOffset + 36))!
    }
    package var argumentSeparator: UInt8 {
        UInt8(truncatingIfNeeded: blob.loadUInt32(at: settingsOffset + 40))
    }

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

    private func number(at offset: Int) -> Int {
        Int(clamping: blob.loadUInt64(at: offset))
    }
}
