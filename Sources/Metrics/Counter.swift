// The numbers that a worker keeps. What each one means: CounterCatalogue.

/// One number of a worker's row. The raw value is its place there.
@frozen package enum Counter: Int, CaseIterable, Sendable {
    case requests
    case requestsBlocked
    case requestsRejected
    case requestsWithRules
    case responses2xx
    case responses3xx
    case responses4xx
    case responses5xx
    case upstreamFailures
    case upstreamTimeouts
    case connectionsAccepted
    case connectionsOpen
    case webSocketConnections
    case webSocketConnectionsOpen
    case webSocketMessagesFromClient
    case webSocketMessagesFromUpstream
    case webSocketMessagesBlocked
    case webSocketViolations
    case clientBytesReceived
    case clientBytesSent
    case upstreamBytesReceived
    case upstreamBytesSent
    case generation
    case matcherCacheHits
    case matcherCacheMisses
    case matcherCacheFlushes

    /// The counter for a response's status code; nil for 1xx and for what is no status code.
    package static func responses(status: Int) -> Counter? {
        switch status {
        case 200...299: .responses2xx
        case 300...399: .responses3xx
        case 400...499: .responses4xx
        case 500...599: .responses5xx
        default: nil
        }
    }
}

extension Counter {
    /// Its place in a row. Written out, as the raw value of an enum is a call across targets; it
    /// folds to a constant where the counter is one. A test holds it to the raw value.
    @inlinable @inline(__always) package var cell: Int {
        let first = 8
        return switch self {
        case .requests: first + 0
        case .requestsBlocked: first + 1
        case .requestsRejected: first + 2
        case .requestsWithRules: first + 3
        case .responses2xx: first + 4
        case .responses3xx: first + 5
        case .responses4xx: first + 6
        case .responses5xx: first + 7
        case .upstreamFailures: first + 8
        case .upstreamTimeouts: first + 9
        case .connectionsAccepted: first + 10
        case .connectionsOpen: first + 11
        case .webSocketConnections: first + 12
        case .webSocketConnectionsOpen: first + 13
        case .webSocketMessagesFromClient: first + 14
        case .webSocketMessagesFromUpstream: first + 15
        case .webSocketMessagesBlocked: first + 16
        case .webSocketViolations: first + 17
        case .clientBytesReceived: first + 18
        case .clientBytesSent: first + 19
        case .upstreamBytesReceived: first + 20
        case .upstreamBytesSent: first + 21
        case .generation: first + 22
        case .matcherCacheHits: first + 23
        case .matcherCacheMisses: first + 24
        case .matcherCacheFlushes: first + 25
        }
    }
}
