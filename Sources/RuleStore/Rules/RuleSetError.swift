// Why a rule set's bytes are refused.

/// The first thing found wrong in a rule set blob. Nothing of a refused blob is used.
package enum RuleSetError: Error, Equatable, Sendable, CustomStringConvertible {
    case notARuleSet
    case otherVersion(found: UInt32, expected: UInt32)
    case wrongSize(found: Int, expected: Int)
    case tooLarge(bytes: Int, limitBytes: Int)
    /// A section does not lie inside the blob or is not aligned.
    case misplacedSection(index: Int)
    /// A field of a record is out of range; `record` counts within the section.
    case damagedRecord(section: String, record: Int)

    package var description: String {
        switch self {
        case .notARuleSet: "not a rule set"
        case .otherVersion(let found, let expected):
            "rule set of layout version \(found), this program reads version \(expected)"
        case .wrongSize(let found, let expected):
            "rule set is \(found) bytes long, its header says \(expected)"
        case .tooLarge(let bytes, let limitBytes):
            "rule set is \(bytes) bytes long, more than the limit of \(limitBytes)"
        case .misplacedSection(let index): "rule set is damaged: section \(index) is misplaced"
        case .damagedRecord(let section, let record):
            "rule set is damaged: record \(record) of section \(section)"
        }
    }
}
