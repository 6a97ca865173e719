// Responses whose head can be read and that are refused nevertheless.

internal import HTTPMessage

/// Why a well-formed response head is refused nevertheless.
enum ResponseError: Error, CustomStringConvertible {
    case tooManyInterim
    case framing(FramingError)
    case unaskedSwitch
    case handshake(String)

    var description: String {
        switch self {
        case .tooManyInterim: "too many interim responses"
        case .framing(let error): "\(error.reason)"
        case .unaskedSwitch: "switched protocols without being asked"
        case .handshake(let reason): "WebSocket handshake: \(reason)"
        }
    }
}
