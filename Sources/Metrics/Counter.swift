// The numbers that a worker keeps. What each one means: CounterCatalogue.

/// One number of a worker's row. Public for the reason that ``SharedCells`` is.
@frozen public enum Counter: Int, CaseIterable, Sendable {
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
    case evaluationTurns
    case matcherCacheHits
    case matcherCacheMisses
    case matcherCacheFlushes
    case dictionaryInsertions
    case dictionaryEvictions
    case dictionaryRefusals
    case logLinesDropped
    case targetNormal
    case targetUrgent
    case targetUnknown
    case targetFailed
    case targetTimedOut
    case targetSkipped
    case redisConnections
    case redisExchanges
    case redisFailures
    case redisDropped

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
    /// Where a row's counters begin; the cells before are the row's header.
    @inlinable public static var firstCell: Int { 8 }

    /// Its place in a row, in 64-bit cells.
    @inlinable @inline(__always) public var cell: Int { Self.firstCell + rawValue }
}
