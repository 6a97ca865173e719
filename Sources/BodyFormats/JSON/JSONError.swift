// Why a JSON document is refused.

/// Offsets count bytes from the start of the document.
package enum JSONError: Error, Equatable, Sendable {
    /// The document ends inside a value, or is nothing but blanks.
    case unexpectedEnd(offset: Int)
    /// A byte that the grammar does not have here.
    case unexpectedByte(UInt8, offset: Int)
    /// A byte below 0x20 inside a string (RFC 8259 section 7).
    case controlCharacter(UInt8, offset: Int)
    /// A backslash that starts no escape (RFC 8259 section 7).
    case invalidEscape(offset: Int)
    /// The string or key that starts here is not UTF-8 (RFC 8259 section 8.1).
    case invalidUTF8(offset: Int)
    /// Something follows the document's one value.
    case trailingBytes(offset: Int)
    case tooDeep(limit: Int, offset: Int)
    case tooManyValues(limit: Int, offset: Int)
    case keyTooLong(limitBytes: Int, offset: Int)
    case pathTooLong(limitBytes: Int, offset: Int)
    case namesTooLong(limitBytes: Int, offset: Int)

    package var offset: Int {
        switch self {
        case .unexpectedEnd(let offset), .unexpectedByte(_, let offset),
            .controlCharacter(_, let offset), .invalidEscape(let offset), .invalidUTF8(let offset),
            .trailingBytes(let offset), .tooDeep(_, let offset), .tooManyValues(_, let offset),
            .keyTooLong(_, let offset), .pathTooLong(_, let offset), .namesTooLong(_, let offset):
            offset
        }
    }

    /// Whether the document may be JSON, and is only more than is read.
    package var isLimit: Bool {
        switch self {
        case .tooDeep, .tooManyValues, .keyTooLong, .pathTooLong, .namesTooLong: true
        case .unexpectedEnd, .unexpectedByte, .controlCharacter, .invalidEscape, .invalidUTF8, .trailingBytes:
            false
        }
    }

    /// One line for a log; holds no byte of the document.
    package var message: String {
        switch self {
        case .unexpectedEnd(let offset): "JSON ends too early at byte \(offset)"
        case .unexpectedByte(let byte, let offset): "unexpected byte \(byte) in JSON at byte \(offset)"
        case .controlCharacter(let byte, let offset):
            "control character \(byte) in a JSON string at byte \(offset)"
        case .invalidEscape(let offset): "invalid escape in a JSON string at byte \(offset)"
        case .invalidUTF8(let offset): "JSON string is not UTF-8 at byte \(offset)"
        case .trailingBytes(let offset): "more than one JSON value at byte \(offset)"
        case .tooDeep(let limit, let offset): "JSON nested deeper than \(limit) at byte \(offset)"
        case .tooManyValues(let limit, let offset): "more than \(limit) JSON values at byte \(offset)"
        case .keyTooLong(let limit, let offset): "JSON key over \(limit) bytes at byte \(offset)"
        case .pathTooLong(let limit, let offset): "name of a JSON value over \(limit) bytes at byte \(offset)"
        case .namesTooLong(let limit, let offset):
            "names of JSON values over \(limit) bytes at byte \(offset)"
        }
    }
}
