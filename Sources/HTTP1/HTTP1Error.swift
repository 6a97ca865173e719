// Why bytes are not HTTP/1.1: the grammar of RFC 9112 and the limits set on it.

/// Why a message is refused. `status` is the answer to a request; an upstream's response with the
/// same fault makes a 502.
package enum HTTP1Error: Error, Equatable, Sendable {
    // The start line: RFC 9112 sections 2.2, 2.3, 3 and 4.
    case repeatedEmptyLine
    case malformedRequestLine
    case invalidMethod
    case methodTooLong(limit: Int)
    case invalidTarget
    case targetTooLong(limit: Int)
    case invalidVersion
    case unsupportedVersion
    case malformedStatusLine

    // All lines of a head, and trailers: sections 2.2 and 5.
    case bareLineFeed
    case bareCarriageReturn
    case emptyFieldName
    case invalidFieldName(byte: UInt8)
    case blankInFieldName
    case missingColon
    case obsoleteFold
    case controlInFieldValue(byte: UInt8)
    case tooManyFields(limit: Int)
    case headTooLong(limit: Int)

    // Bodies: sections 7.1 and 8.
    case invalidChunkSize
    case chunkSizeOverflow
    case chunkLineTooLong(limit: Int)
    case invalidChunkExtension
    case chunkExtensionsTooLong(limit: Int)
    case missingChunkEnd
    case trailerTooLong(limit: Int)
    case truncatedBody

    package var status: Int {
        switch self {
        case .repeatedEmptyLine, .malformedRequestLine, .invalidMethod, .invalidTarget: 400
        case .invalidVersion, .malformedStatusLine, .bareLineFeed, .bareCarriageReturn: 400
        case .emptyFieldName, .invalidFieldName, .blankInFieldName, .missingColon: 400
        case .obsoleteFold, .controlInFieldValue: 400
        case .invalidChunkSize, .invalidChunkExtension, .missingChunkEnd, .truncatedBody: 400
        case .chunkLineTooLong, .chunkExtensionsTooLong: 400
        case .chunkSizeOverflow: 413
        case .targetTooLong: 414
        case .tooManyFields, .headTooLong, .trailerTooLong: 431
        case .methodTooLong: 501
        case .unsupportedVersion: 505
        }
    }

    /// One word for logs and counters.
    package var reason: StaticString {
        switch self {
        case .repeatedEmptyLine: "repeated_empty_line"
        case .malformedRequestLine: "malformed_request_line"
        case .invalidMethod: "invalid_method"
        case .methodTooLong: "method_too_long"
        case .invalidTarget: "invalid_target"
        case .targetTooLong: "target_too_long"
        case .invalidVersion: "invalid_version"
        case .unsupportedVersion: "unsupported_version"
        case .malformedStatusLine: "malformed_status_line"
        case .bareLineFeed: "bare_line_feed"
        case .bareCarriageReturn: "bare_carriage_return"
        case .emptyFieldName: "empty_field_name"
        case .invalidFieldName: "invalid_field_name"
        case .blankInFieldName: "blank_in_field_name"
        case .missingColon: "missing_colon"
        case .obsoleteFold: "obsolete_fold"
        case .controlInFieldValue: "control_in_field_value"
        case .tooManyFields: "too_many_fields"
        case .headTooLong: "head_too_long"
        case .invalidChunkSize: "invalid_chunk_size"
        case .chunkSizeOverflow: "chunk_size_overflow"
        case .chunkLineTooLong: "chunk_line_too_long"
        case .invalidChunkExtension: "invalid_chunk_extension"
        case .chunkExtensionsTooLong: "chunk_extensions_too_long"
        case .missingChunkEnd: "missing_chunk_end"
        case .trailerTooLong: "trailer_too_long"
        case .truncatedBody: "truncated_body"
        }
    }
}
