// FILES* and MULTIPART_*.

internal import BodyFormats
internal import Bytes
internal import RuleStore

extension Transaction {
    /// FILES_COMBINED_SIZE; nil for the collections.
    func fileScalar(_ variable: VariableName) -> ByteView? {
        variable == .filesCombinedSize ? number(reading.parts.fileBytes) : nil
    }

    /// Files by field name. Nothing is ever written to disk: FILES_TMPNAMES has no members, and
    /// FILES_TMP_CONTENT is the part of the body in memory.
    func visitFiles(_ variable: VariableName, _ body: MemberVisitor) {
        if variable == .filesTemporaryNames { return }
        for index in reading.parts.files.indices {
            let file = reading.parts.files[index]
            let value =
                switch variable {
                case .filesNames: file.field.name
                case .filesSizes: number(file.content.count)
                case .filesTemporaryContent: file.content
                default: file.field.value
                }
            guard body(file.field.name, file.field.nameHash, value) else { return }
        }
    }

    func multipartScalar(_ variable: VariableName) -> ByteView? {
        switch variable {
        case .multipartName: return reading.parts.lastName
        case .multipartFilename: return reading.parts.lastFilename
        case .multipartStrictError:
            let parts = reading.parts
            return flag(parts.isPresent && (reading.hasFailed || parts.flags.isStrictError))
        default:
            guard let wanted = Self.multipartFlag(variable) else { return nil }
            return flag(reading.parts.flags.contains(wanted))
        }
    }

    private static func multipartFlag(_ variable: VariableName) -> MultipartFlags? {
        switch variable {
        case .multipartUnmatchedBoundary: .unmatchedBoundary
        case .multipartBoundaryQuoted: .boundaryQuoted
        case .multipartBoundaryWhitespace: .boundaryWhitespace
        case .multipartDataBefore: .dataBefore
        case .multipartDataAfter: .dataAfter
        case .multipartHeaderFolding: .headerFolding
        case .multipartLFLine: .lfLine
        case .multipartMixedLines: .crlfLFLines
        case .multipartMissingSemicolon: .missingSemicolon
        case .multipartInvalidQuoting: .invalidQuoting
        case .multipartInvalidPart: .invalidPart
        case .multipartInvalidHeaderFolding: .invalidHeaderFolding
        case .multipartFileLimitExceeded: .fileLimitExceeded
        default: nil
        }
    }
}
