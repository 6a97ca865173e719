// Why a message is not what its format says.

/// Offsets count bytes from the start of the message.
package enum MessageFormatError: Error, Equatable, Sendable {
    /// A JSON text in the message; its own offsets count from where it starts.
    case json(JSONError)
    /// JSON that is not a message of the format: what is missing or wrong.
    case envelope(String)
    /// Bytes that the format's grammar does not have here.
    case syntax(String, offset: Int)
    /// More documents and values than ``DecodedMessage`` keeps.
    case tooManyParts(limit: Int)

    /// One line for a log; holds no byte of the message.
    package var message: String {
        switch self {
        case .json(let error): error.message
        case .envelope(let what): what
        case .syntax(let what, let offset): "\(what) at byte \(offset)"
        case .tooManyParts(let limit): "more than \(limit) parts"
        }
    }
}
