// ctl: what a rule changes in the engine for the rest of its transaction.

/// One `ctl` action.
package enum ControlDraft: Equatable, Hashable, Sendable {
    case ruleEngine(EngineSettings.Mode)
    case auditEngine(EngineSettings.AuditMode)
    /// The parts that take the place of the current ones, are added to them or taken from them.
    case auditLogParts(AuditPartsChange, AuditParts)
    case requestBodyAccess(Bool)
    case responseBodyAccess(Bool)
    case forceRequestBodyVariable(Bool)
    case requestBodyProcessor(BodyProcessorName)
    /// Bytes.
    case requestBodyLimit(UInt32)
    /// Bytes.
    case responseBodyLimit(UInt32)
    /// 0 to 9.
    case debugLogLevel(UInt32)
    /// Index into the set's selections of rules.
    case removeRules(selection: Int)
    /// A variable or a member of it is no target of the selected rules any more.
    case removeTarget(selection: Int, TargetDraft)
}

package enum AuditPartsChange: UInt32, Sendable { case replace = 1, add, remove }

/// Parts of the audit log, one bit a letter: A is bit 0.
package struct AuditParts: OptionSet, Hashable, Sendable {
    package var rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Letters that are no part are nil.
    package init?(letters: some Sequence<UInt8>) {
        rawValue = 0
        for letter in letters {
            let index = UInt32(letter | 0x20) &- 0x61
            guard index < 26, Self.known & (1 << index) != 0 else { return nil }
            rawValue |= 1 << index
        }
    }

    package static let requestHeaders = AuditParts(rawValue: 1 << 1)
    package static let requestBody = AuditParts(rawValue: 1 << 2)
    package static let responseBody = AuditParts(rawValue: 1 << 4)
    package static let responseHeaders = AuditParts(rawValue: 1 << 5)
    /// Part H.
    package static let trailer = AuditParts(rawValue: 1 << 7)
    /// Part I: the body of a form without its files.
    package static let requestBodyWithoutFiles = AuditParts(rawValue: 1 << 8)
    package static let files = AuditParts(rawValue: 1 << 9)
    package static let matchedRules = AuditParts(rawValue: 1 << 10)

    /// A to K, and Z.
    private static let known: UInt32 = 0x7FF | 1 << 25
    package static let all = AuditParts(rawValue: known)
    /// ABCFHZ, what ModSecurity writes unless told otherwise.
    package static let standard = AuditParts(rawValue: 0b1010_0111 | 1 << 25)
}

/// How a request body is read: REQBODY_PROCESSOR.
package enum BodyProcessorName: UInt32, CaseIterable, Sendable {
    case none = 0, urlEncoded, multipart, json, xml

    package var spelling: StaticString {
        switch self {
        case .none: ""
        case .urlEncoded: "URLENCODED"
        case .multipart: "MULTIPART"
        case .json: "JSON"
        case .xml: "XML"
        }
    }
}
