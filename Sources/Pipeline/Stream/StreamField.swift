// What a stage can ask of a stream's metadata.

/// Facts about a connection, its route and its request. All are bytes; numbers are decimal.
public enum StreamField: String, CaseIterable, Sendable {
    /// The client's address, without port.
    case remoteAddress = "remote_addr"
    case host
    case method = "request_method"
    /// Path and query as the client sent them.
    case target = "request_uri"
    /// Decoded and normalised path.
    case path = "uri"
    /// Identifies the transaction in all logs.
    case transaction = "request_id"
    /// Status of the response; empty before there is one.
    case status
    /// `client` or `server`; empty but for messages.
    case direction
}
