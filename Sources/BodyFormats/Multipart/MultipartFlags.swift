// What is odd about a multipart body without making it unreadable.

/// Each flag is one of ModSecurity's MULTIPART_ variables: backends disagree about such bodies, so
/// that a rule may want to refuse them.
package struct MultipartFlags: OptionSet, Equatable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The boundary parameter was in double quotes.
    package static let boundaryQuoted = MultipartFlags(rawValue: 1 << 0)
    /// Blanks around the parameter's `=`.
    package static let boundaryWhitespace = MultipartFlags(rawValue: 1 << 1)
    /// Something stands before the first boundary.
    package static let dataBefore = MultipartFlags(rawValue: 1 << 2)
    /// Something follows the final boundary's line.
    package static let dataAfter = MultipartFlags(rawValue: 1 << 3)
    /// A part header goes over more than one line (RFC 5322 section 2.2.3).
    package static let headerFolding = MultipartFlags(rawValue: 1 << 4)
    /// A boundary or header line ends in LF alone.
    package static let lfLine = MultipartFlags(rawValue: 1 << 5)
    /// A boundary or header line ends in CR LF, as it should.
    package static let crlfLine = MultipartFlags(rawValue: 1 << 6)
    /// Both kinds of line ends: MULTIPART_CRLF_LF_LINES.
    package static let crlfLFLines = MultipartFlags(rawValue: 1 << 7)
    /// No semicolon between the media type and the boundary parameter.
    package static let missingSemicolon = MultipartFlags(rawValue: 1 << 8)
    /// Single quotes as quotes, or inside an unquoted name.
    package static let invalidQuoting = MultipartFlags(rawValue: 1 << 9)
    /// A boundary came before the part's headers had ended.
    package static let invalidPart = MultipartFlags(rawValue: 1 << 10)
    /// A folded line that begins with white space other than space and tab.
    package static let invalidHeaderFolding = MultipartFlags(rawValue: 1 << 11)
    /// More files than ``MultipartLimits/files``.
    package static let fileLimitExceeded = MultipartFlags(rawValue: 1 << 12)
    /// A line looks like a boundary but is not the boundary, or the boundary stands inside a line.
    package static let unmatchedBoundary = MultipartFlags(rawValue: 1 << 13)

    /// The flags of which each makes MULTIPART_STRICT_ERROR 1, as an error of the parser does.
    package static let strict: MultipartFlags = [
        .boundaryQuoted, .boundaryWhitespace, .dataBefore, .dataAfter, .headerFolding, .lfLine,
        .missingSemicolon, .invalidQuoting, .invalidPart, .invalidHeaderFolding, .fileLimitExceeded,
    ]

    package var isStrictError: Bool { !isDisjoint(with: .strict) }
}
