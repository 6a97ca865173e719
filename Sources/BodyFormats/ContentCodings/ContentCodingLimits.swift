// What a compressed body may become.

/// Limits of ``ContentDecoder``.
package struct ContentCodingLimits: Equatable, Sendable {
    /// Decoded bytes, of each coding.
    package var outputBytes: Int
    /// Decoded bytes for each byte of the body that was read for them, at any time and not only at
    /// the end. DEFLATE reaches 1,032.
    package var ratio: Int
    /// Decoded bytes up to which the ratio does not matter: short bodies of one repeated line are
    /// no attack.
    package var ratioFreeBytes: Int
    /// Codings one upon the other, at most `maximumCodings`.
    package var codings: Int

    package static var maximumCodings: Int { 2 }

    package init(
        outputBytes: Int = 16 << 20, ratio: Int = 200, ratioFreeBytes: Int = 1 << 20, codings: Int = 2
    ) {
        precondition(
            outputBytes >= 0 && ratio > 0 && ratioFreeBytes >= 0 && codings >= 0,
            "a limit can not be negative")
        precondition(codings <= Self.maximumCodings, "more codings than there are stages")
        self.outputBytes = outputBytes
        self.ratio = ratio
        self.ratioFreeBytes = ratioFreeBytes
        self.codings = codings
    }
}

/// Why a body can not be decoded.
package enum ContentCodingError: Error, Equatable, Sendable {
    /// A coding that nothing here reads: the body can not be inspected.
    case unknownCoding
    case tooManyCodings(limit: Int)
    case corrupt(ContentCoding)
    /// The body ends inside the coding's stream.
    case truncated(ContentCoding)
    /// Something follows the end of the coding's stream.
    case trailingBytes(ContentCoding)
    case outputTooLarge(limitBytes: Int)
    case ratioTooHigh(limit: Int)

    /// One line for a log.
    package var message: String {
        switch self {
        case .unknownCoding: "unknown content coding"
        case .tooManyCodings(let limit): "more than \(limit) content codings"
        case .corrupt(let coding): "body is not valid \(coding.name)"
        case .truncated(let coding): "body ends inside its \(coding.name) stream"
        case .trailingBytes(let coding): "bytes behind the end of the \(coding.name) stream"
        case .outputTooLarge(let limit): "decoded body over \(limit) bytes"
        case .ratioTooHigh(let limit): "body expands more than \(limit) times"
        }
    }
}
