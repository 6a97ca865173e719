// What the worker allows a peer to make it keep or wait for, beside what directives set.

/// Bounds of the worker's own buffers and waits.
enum GatewayLimits {
    /// Bytes that a client may send ahead of its turn (pipelined requests) before its reading pauses.
    static let pipelinedBytes = 64 << 10
    /// A closing connection's input is thrown away for so long (RFC 9112 section 9.6) ...
    static let lingerMilliseconds = 5_000
    /// ... and for so many bytes.
    static let lingerBytes = 1 << 20
    /// Time for both ends of a WebSocket to finish after one of them was refused.
    static let tunnelCloseMilliseconds = 3_000
    /// Interim answers (1xx) accepted before the final one.
    static let interimResponses = 16
    /// Connections accepted in one turn of the loop, so that others get theirs.
    static let acceptsPerTurn = 64
    /// With every connection taken, or no descriptor left, listeners are looked at again after so long.
    static let acceptPauseMilliseconds = 100
    /// Attempts at upstream servers for one request.
    static let upstreamAttempts = 8
    /// Bodies and messages up to so many bytes are judged in one go: that takes about a turn at most.
    static let shortEvaluationBytes = 16 << 10
    /// Longest that an evaluation of more keeps other connections waiting before it is their turn.
    static let evaluationTurnMicroseconds = 2_000
    /// Long evaluations that are under way at a time; others wait for them.
    static let evaluationLanes = 4
    /// Depth of an evaluation's stack; only what is used takes memory.
    static let evaluationStackBytes = 1 << 20
    /// Body bytes that are copied behind a head rather than sent beside it.
    static let coalescedBytes = 4 << 10
    /// Bytes of memory for log lines that are kept between lines.
    static let keptEntryBytes = 64 << 10
    /// Bytes of host and target that stand before each line of the debug log.
    static let debugNameBytes = 256
}
