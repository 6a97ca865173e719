// Why a tunnel is ended by the gateway.

internal import BodyFormats
internal import Inspection
internal import Metrics
internal import WebSocket

enum MessageDirection: Equatable {
    case fromClient, fromServer
}

/// A reason with its close code (RFC 6455 section 7.4.1).
enum Refusal: Equatable {
    /// Frames or messages that break the protocol or a limit.
    case violation(FrameError)
    /// A rule has denied a message.
    case denied(ruleID: UInt32)
    /// A target has found a message urgent, or does not know and may not be passed by.
    case condemned
    /// A stage of the pipeline has stopped a message.
    case stopped(stage: String)
    /// Text or binary messages are not accepted here.
    case unacceptedType
    /// More than `waf_websocket_rate`.
    case tooManyMessages
    /// More than `waf_websocket_byte_rate`.
    case tooManyBytes
    /// A message that is not of the declared format.
    case malformed(MessageFormat, MessageFormatError)
    /// A message that is not what the location's JSON Schema says.
    case notAsSchema(SchemaFault)
    /// More messages wait for their end than `waf_websocket_memory` holds, and this is the largest.
    case memoryExhausted
    /// No traffic within the time-out.
    case idle
    /// The configuration has no place for the connection any more.
    case unrouted
    /// `waf-ctl conn close`
    case closedByOperator
    /// The worker shuts down.
    case shuttingDown

    var closeCode: UInt16 {
        switch self {
        case .violation(let error): error.closeCode
        case .denied, .condemned, .stopped, .tooManyMessages, .tooManyBytes, .notAsSchema, .closedByOperator:
            CloseCode.policyViolation
        case .unacceptedType: CloseCode.unsupportedData
        case .malformed: CloseCode.invalidPayload
        case .memoryExhausted: CloseCode.messageTooBig
        case .idle, .shuttingDown: CloseCode.goingAway
        case .unrouted: CloseCode.serviceRestart
        }
    }

    /// The number in the log's line of what breaks a positive rule or the protocol; nil for others.
    /// A number, once given, stays: operators build on it.
    var violationID: Int? {
        switch self {
        case .violation(let error): error.violationID
        case .unacceptedType: 450_020
        case .tooManyMessages: 450_021
        case .tooManyBytes: 450_022
        case .malformed: 450_023
        case .notAsSchema: 450_024
        case .idle: 450_025
        case .memoryExhausted: 450_013
        case .denied, .condemned, .stopped, .unrouted, .shuttingDown, .closedByOperator: nil
        }
    }

    func count(on stats: borrowing StatsRow) {
        switch self {
        case .violation, .unacceptedType, .tooManyMessages, .tooManyBytes, .malformed, .notAsSchema,
            .memoryExhausted:
            stats.add(.webSocketViolations)
        case .denied, .condemned, .stopped: stats.add(.webSocketMessagesBlocked)
        case .idle, .unrouted, .shuttingDown, .closedByOperator: break
        }
    }
}

extension Refusal: CustomStringConvertible {
    /// What happened; of what was sent only names of members, which have to be escaped.
    var description: String {
        switch self {
        case .violation(let error): "\(error)"
        case .denied(let ruleID): "message denied by rule \(ruleID)"
        case .condemned: "message stopped by waf_target"
        case .stopped(let stage): "message stopped by stage \(stage)"
        case .unacceptedType: "messages of this type are not accepted"
        case .tooManyMessages: "more messages per second than are accepted"
        case .tooManyBytes: "more bytes per second than are accepted"
        case .malformed(let format, let error): "message is not \(format.name): \(error.message)"
        case .notAsSchema(let fault): "message is not as its schema says: \(fault.keyword) at \(fault.place)"
        case .memoryExhausted: "unfinished messages take more memory than waf_websocket_memory"
        case .idle: "no traffic within the time-out"
        case .unrouted: "the new configuration has no location for it"
        case .closedByOperator: "closed by the operator"
        case .shuttingDown: "shutting down"
        }
    }
}

extension FrameError {
    fileprivate var violationID: Int {
        switch self {
        case .reservedBitSet, .reservedOpcode, .controlFrameFragmented, .controlFrameTooLong,
            .frameNotMasked, .frameMasked, .lengthNotMinimal, .lengthAbove63Bits,
            .nothingToContinue, .messageIncomplete, .closeCodeCut, .closeCodeNotAllowed,
            .dataAfterClose:
            450_001
        case .textNotUTF8: 450_002
        case .compressionInvalid, .compressionCut: 450_003
        case .compressionRatioTooHigh: 450_004
        case .messageTooLong: 450_010
        case .frameTooLong: 450_011
        case .tooManyFragments: 450_012
        }
    }
}
