// Why a well-formed head is refused all the same: what it says about its body, its host or its
// connection can be read in two ways, or in none.

/// A head whose meaning is in doubt. `status` is the answer to a request (RFC 9110 section 15.5);
/// an upstream's response with the same fault makes a 502.
package enum FramingError: Error, Equatable, Sendable {
    /// HTTP/0.9, whose answers are bodies without a head: whoever stands before the gateway would read
    /// what an application's page says as the head of an answer.
    case missingVersion
    /// A major version behind 1: where its messages end is not known here.
    case unsupportedVersion
    case missingHost
    case repeatedHost
    case invalidHost
    /// Host names another place than a target in absolute or authority form.
    case hostContradictsTarget
    /// A `#` in the target (RFC 9112 section 3.2): some servers take what follows for a part of it.
    case fragmentInTarget
    case malformedContentLength
    case repeatedContentLength
    /// More than an Int holds.
    case contentLengthOverflow
    /// Anything but one final `chunked`.
    case malformedTransferEncoding
    /// A registered coding below a final `chunked`.
    case unsupportedTransferCoding
    case transferEncodingInHTTP10
    case tooManyConnectionOptions(limit: Int)

    package var status: Int {
        switch self {
        case .missingVersion: 400
        case .missingHost, .repeatedHost, .invalidHost, .hostContradictsTarget, .fragmentInTarget: 400
        case .malformedContentLength, .repeatedContentLength: 400
        case .malformedTransferEncoding, .transferEncodingInHTTP10, .tooManyConnectionOptions: 400
        case .contentLengthOverflow: 413
        case .unsupportedTransferCoding: 501
        case .unsupportedVersion: 505
        }
    }

    /// Whether rules are shown the refused head: its line and fields can be read in one way only, and
    /// what is wrong with it is what they look for.
    package var isShownToRules: Bool {
        switch self {
        case .invalidHost, .missingVersion, .unsupportedVersion: true
        default: false
        }
    }

    /// One word for logs and counters.
    package var reason: StaticString {
        switch self {
        case .missingVersion: "missing_version"
        case .unsupportedVersion: "unsupported_version"
        case .missingHost: "missing_host"
        case .repeatedHost: "repeated_host"
        case .invalidHost: "invalid_host"
        case .hostContradictsTarget: "host_contradicts_target"
        case .fragmentInTarget: "fragment_in_target"
        case .malformedContentLength: "malformed_content_length"
        case .repeatedContentLength: "repeated_content_length"
        case .contentLengthOverflow: "content_length_overflow"
        case .malformedTransferEncoding: "malformed_transfer_encoding"
        case .unsupportedTransferCoding: "unsupported_transfer_coding"
        case .transferEncodingInHTTP10: "transfer_encoding_in_http10"
        case .tooManyConnectionOptions: "too_many_connection_options"
        }
    }
}
