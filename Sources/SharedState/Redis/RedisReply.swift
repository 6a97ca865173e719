// What Redis answers (RESP2), as values.

package indirect enum RedisReply: Equatable, Sendable {
    case integer(Int64)
    /// A bulk string or a status.
    case bytes([UInt8])
    case array([RedisReply])
    case null
    case error(String)
}
