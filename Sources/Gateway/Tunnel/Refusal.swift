// Why a tunnel is ended by the gateway.

internal import Metrics
internal import WebSocket

enum MessageDirection: Equatable {
    case fromClient, fromServer
}

/// A reason with its close code (RFC 6455 section 7.4.1).
enum Refusal: Equatable, CustomStringConvertible {
    /// Frames or messages that break the protocol or a limit.
    case violation(FrameError)
    /// A rule has denied a message.
    case denied(ruleID: UInt32)
    /// Text or binary messages are not accepted here.
    case unacceptedType
    /// No traffic within the time-out.
    case idle
    /// The configuration has no place for the connection any more.
    case unrouted
    /// The worker shuts down.
    case shuttingDown

    var closeCode: UInt16 {
        switch self {
        case .violation(let error): error.closeCode
        case .denied: CloseCode.policyViolation
        case .unacceptedType: CloseCode.unsupportedData
        case .idle, .shuttingDown: CloseCode.goingAway
        case .unrouted: CloseCode.serviceRestart
        }
    }

    var description: String {
        switch self {
        case .violation(let error): "WebSocket closed with \(closeCode): \(error)"
        case .denied(let ruleID): "WebSocket closed with \(closeCode): message denied by rule \(ruleID)"
        case .unacceptedType: "WebSocket closed with \(closeCode): messages of this type are not accepted"
        case .idle: "WebSocket closed with \(closeCode): no traffic within the time-out"
        case .unrouted: "WebSocket closed with \(closeCode): the new configuration has no location for it"
        case .shuttingDown: "WebSocket closed with \(closeCode): shutting down"
        }
    }

    func count(on stats: borrowing StatsRow) {
        switch self {
        case .violation, .unacceptedType: stats.add(.webSocketViolations)
        case .denied: stats.add(.webSocketMessagesBlocked)
        case .idle, .unrouted, .shuttingDown: break
        }
    }
}
