// The header of a rule set blob, checked.

internal import Bytes

/// Where a section lies.
struct RuleSetSection: Sendable {
    var offset: Int
    /// Records, or bytes where a record is one byte.
    var count: Int
}

/// The sections of a blob; each lies inside it at a multiple of 64.
struct RuleSetSections {
    private var sections: [RuleSetSection] = []

    subscript(section: RuleSetLayout.Section) -> RuleSetSection { sections[section.rawValue] }

    init(validating blob: ByteView) throws(RuleSetError) {
        guard blob.count >= RuleSetLayout.headerBytes, blob.loadUInt32(at: 0) == RuleSetLayout.magic else {
            throw .notARuleSet
        }
        let version = blob.loadUInt32(at: 4)
        guard version == RuleSetLayout.version else {
            throw .otherVersion(found: version, expected: RuleSetLayout.version)
        }
        guard blob.count <= RuleSetLayout.blobLimitBytes else {
            throw .tooLarge(bytes: blob.count, limitBytes: RuleSetLayout.blobLimitBytes)
        }
        let size = Int(blob.loadUInt32(at: 8))
        guard size == blob.count else { throw .wrongSize(found: blob.count, expected: size) }
        guard blob.loadUInt32(at: 12) == UInt32(RuleSetLayout.Section.allCases.count) else {
            throw .notARuleSet
        }
        for section in RuleSetLayout.Section.allCases {
            let offset = Int(blob.loadUInt32(at: 16 + section.rawValue * 8))
            let count = Int(blob.loadUInt32(at: 20 + section.rawValue * 8))
            guard offset % RuleSetLayout.alignment == 0, offset >= RuleSetLayout.headerBytes,
                offset <= blob.count, count * section.recordBytes <= blob.count - offset
            else { throw .misplacedSection(index: section.rawValue) }
            sections.append(RuleSetSection(offset: offset, count: count))
        }
        guard self[.settings].count == 1, self[.plans].count == RulePlan.allCases.count,
            self[.texts].count >= 1
        else { throw .notARuleSet }
    }
}
