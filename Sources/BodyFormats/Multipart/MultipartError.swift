// Why a multipart body can not be read. The messages are ModSecurity's, which rules and log readers know.

package enum MultipartError: Error, Equatable, Sendable {
    // The Content-Type field.
    case contentTypeTooLong(limitBytes: Int)
    case wrongMediaType
    case boundaryMissing
    case boundaryNameCase
    case boundaryRepeated
    case boundaryMalformed
    case boundaryNameMalformed
    case boundaryHalfQuoted
    case boundaryContent
    case boundaryCharacters
    case boundaryEmpty
    // Boundary lines.
    case boundaryLineMalformed(offset: Int)
    case boundaryLineQuoted(offset: Int)
    case boundaryLineIndented(offset: Int)
    case noBoundaryFound
    case finalBoundaryMissing
    // Part headers.
    case headerHoldsNUL(offset: Int)
    case headerColonMissing(offset: Int)
    case headerNameMissing(offset: Int)
    case headerRepeated(offset: Int)
    case foldingWithoutHeader(offset: Int)
    case dispositionMissing(offset: Int)
    case dispositionInvalid(DispositionFlaw, offset: Int)
    // Limits.
    case tooManyParts(limit: Int)
    case tooManyHeaders(limit: Int, offset: Int)
    case headerLineTooLong(limitBytes: Int, offset: Int)

    /// One line for a log; holds no byte of the body.
    package var message: String {
        switch self {
        case .contentTypeTooLong: "Multipart: Invalid boundary in C-T (length)."
        case .wrongMediaType: "Multipart: Invalid MIME type."
        case .boundaryMissing: "Multipart: Boundary not found in C-T."
        case .boundaryNameCase: "Multipart: Invalid boundary in C-T (case sensitivity)."
        case .boundaryRepeated: "Multipart: Multiple boundary parameters in C-T."
        case .boundaryMalformed: "Multipart: Invalid boundary in C-T (malformed)."
        case .boundaryNameMalformed: "Multipart: Invalid boundary in C-T (parameter name)."
        case .boundaryHalfQuoted: "Multipart: Invalid boundary in C-T (quote)."
        case .boundaryContent: "Multipart: Invalid boundary in C-T (content)."
        case .boundaryCharacters: "Multipart: Invalid boundary in C-T (characters)."
        case .boundaryEmpty: "Multipart: Invalid boundary in C-T (empty)."
        case .boundaryLineMalformed: "Multipart: Invalid boundary."
        case .boundaryLineQuoted: "Multipart: Invalid boundary (quotes)."
        case .boundaryLineIndented: "Multipart: Invalid boundary (whitespace)."
        case .noBoundaryFound: "Multipart: No boundaries found in payload."
        case .finalBoundaryMissing: "Multipart: Final boundary missing."
        case .headerHoldsNUL: "Multipart: Nul byte in part headers."
        case .headerColonMissing: "Multipart: Invalid part header (colon missing)."
        case .headerNameMissing: "Multipart: Invalid part header (header name missing)."
        case .headerRepeated: "Multipart: Duplicate part header."
        case .foldingWithoutHeader: "Multipart: Invalid part header (folding error)."
        case .dispositionMissing: "Multipart: Part missing Content-Disposition header."
        case .dispositionInvalid(let flaw, _):
            "Multipart: Invalid Content-Disposition header (\(flaw.rawValue))."
        case .tooManyParts(let limit): "Multipart: More than \(limit) parts."
        case .tooManyHeaders(let limit, _): "Multipart: Part with more than \(limit) headers."
        case .headerLineTooLong(let limit, _): "Multipart: Part header line over \(limit) bytes long."
        }
    }
}

/// What is wrong with a part's Content-Disposition (RFC 7578 section 4.2).
package enum DispositionFlaw: String, Error, Equatable, Sendable {
    case notFormData = "not form-data"
    case separator = "separator"
    case parameter = "parameter"
    case unterminatedQuote = "unterminated quote"
    case unknownParameter = "unknown parameter"
    case duplicateName = "duplicate name"
    case duplicateFilename = "duplicate filename"
    case nameMissing = "name missing"
    case filename = "filename"
}
