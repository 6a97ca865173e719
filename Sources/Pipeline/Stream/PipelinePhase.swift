// When stages have their turn.

/// The phases of a stream, in their order; messages have one of their own.
public enum PipelinePhase: Int, CaseIterable, Comparable, Sendable {
    /// The head of the first request of a connection is there: before anything is looked at in it.
    case connection
    case requestHeaders
    /// The body is there, as far as it is held; requests without one come by as well.
    case requestBody
    case responseHeaders
    case responseBody
    /// A whole WebSocket message of either direction.
    case message
    /// It is over: nothing can be blocked any more.
    case logging

    public static func < (left: PipelinePhase, right: PipelinePhase) -> Bool {
        left.rawValue < right.rawValue
    }

    /// As configuration and reports name it.
    public var name: String {
        switch self {
        case .connection: "connection"
        case .requestHeaders: "request headers"
        case .requestBody: "request body"
        case .responseHeaders: "response headers"
        case .responseBody: "response body"
        case .message: "message"
        case .logging: "logging"
        }
    }

    /// What is in the stream then.
    public var slot: SlotType {
        switch self {
        case .connection, .requestHeaders, .requestBody, .logging: .request
        case .responseHeaders, .responseBody: .response
        case .message: .message
        }
    }
}
