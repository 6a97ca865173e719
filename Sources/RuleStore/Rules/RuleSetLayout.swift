// Where things lie in a rule set's bytes. The encoder and the view share this page and nothing else
// knows it.

/// The layout of a rule set blob: a header, then sections of fixed-size records, then strings and programs.
///
/// All numbers are little-endian 32-bit words, all offsets count from the blob's first byte and each
/// section begins at a multiple of 64. Header words: magic, version, byte count, section count, then
/// offset and count (records, or bytes for the last two) of each section.
enum RuleSetLayout {
    /// "WRUL" as read from the first four bytes.
    static let magic: UInt32 = 0x4C55_5257
    /// Changes with every change of a record or of a number in the vocabulary.
    static let version: UInt32 = 4
    static let alignment = 64
    /// Longest list of transformations of one rule.
    static let pipelineLimit = 32
    /// Largest blob; also keeps all offset arithmetic far from overflow.
    static let blobLimitBytes = 1 << 30

    enum Section: Int, CaseIterable {
        case settings, rules, targets, actions, selections, selectionRanges, namespaces
        case texts, textParts, tags, transformations
        case programs, plans, entries, bodyTypes, accumulators, messageReads
        case evaluationPlans, evaluationSteps, evaluationSources, evaluationSelectors, evaluationGates
        case evaluationWords, strings, programBytes

        /// Bytes of one record; 1 where the section is a run of bytes.
        var recordBytes: Int {
            switch self {
            case .settings: SettingsWord.recordBytes
            case .rules: RuleWord.count * 4
            case .targets: 24
            case .actions: ActionWords.count * 4
            case .selections: 8
            case .selectionRanges: 8
            case .namespaces: 16
            case .texts: 8
            case .textParts: 20
            case .tags: 4
            case .transformations: 8
            case .programs: 12
            case .plans: 8
            case .entries: 8
            case .bodyTypes: 8
            case .accumulators: 12
            case .messageReads: 16
            case .evaluationPlans: EvaluationFormat.PlanWord.count * 4
            case .evaluationSteps: EvaluationFormat.stepRecordBytes
            case .evaluationSources: EvaluationFormat.sourceRecordBytes
            case .evaluationSelectors: EvaluationFormat.selectorRecordBytes
            case .evaluationGates: EvaluationFormat.gateRecordBytes
            case .evaluationWords: 8
            case .strings, .programBytes: 1
            }
        }
    }

    static let headerBytes = 16 + Section.allCases.count * 8

    /// The words of a rule record.
    enum RuleWord: Int, CaseIterable {
        case kind, id, phase, flags
        case firstTarget, targetCount
        case operatorName, operatorText, program
        case transformation
        case disruption, status, location
        case firstAction, actionCount
        case message, logData
        case firstTag, tagCount
        case severity, accuracy, maturity
        case firstNamespace, namespaceCount
        case versionOffset, versionCount, revisionOffset, revisionCount, fileOffset, fileCount
        case line

        static let count = 32
    }

    /// Bits of `RuleWord.flags`.
    enum RuleFlag {
        static let isChained: UInt32 = 1
        static let captures: UInt32 = 2
        static let matchesEveryTransformation: UInt32 = 4
        static let logs: UInt32 = 8
        static let auditLogs: UInt32 = 16
        static let isNegated: UInt32 = 32
        static let hasExclusions: UInt32 = 64
        static let all: UInt32 = 127
    }

    /// Second word of a target: the selector's kind and two bits.
    enum TargetFlag {
        static let key: UInt32 = 1
        static let pattern: UInt32 = 2
        static let isCounted: UInt32 = 4
        static let isExcluded: UInt32 = 8
        static let path: UInt32 = 16
        /// Of these a target has at most one.
        static let selectors = key | pattern | path
        static let all = selectors | isCounted | isExcluded
    }

    /// Stands for "none" where 0 is a value.
    static let none = UInt32.max
}

/// The lists of rules that are walked one by one: the five phases, and the two of WebSocket messages.
package enum RulePlan: Int, CaseIterable, Sendable {
    case requestHeaders = 0
    case requestBody, responseHeaders, responseBody, logging
    /// Rules of phase 2 that a message from the client is judged by.
    case clientMessage
    /// Rules of phase 4 that a message from the server is judged by.
    case serverMessage

    /// 1 to 5.
    package var phase: Int {
        switch self {
        case .requestHeaders: 1
        case .requestBody, .clientMessage: 2
        case .responseHeaders: 3
        case .responseBody, .serverMessage: 4
        case .logging: 5
        }
    }

    package var isMessage: Bool { self == .clientMessage || self == .serverMessage }
}
