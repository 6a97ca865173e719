// waf_target: who else is asked about a request.

/// What holds for the inquiries of one location; the directives `waf_target_*`.
package struct TargetPolicy: Equatable, Sendable {
    package enum FailurePolicy: UInt8, Sendable { case pass, block }

    package enum Mode: UInt8, Sendable {
        /// The request waits for its verdict.
        case hold
        /// It goes on; an urgent level stops what follows on its connection.
        case async
    }

    /// As written: the URI of a location of the same server.
    package var uri: String
    /// Index of that location; nil: there is none, and nothing can be asked.
    package var location: Int?
    package var timeoutMilliseconds = 1_000
    package var failure = FailurePolicy.pass
    package var mode = Mode.hold
    /// Of 100 requests so many are asked about.
    package var samplePercent = 100
    /// Bytes of a body that the copy carries; `waf_target_max_body`.
    package var maxBodyBytes = 64 << 10
    /// Inquiries of one worker that wait at the same time; `waf_target_in_flight`.
    package var inFlight = 1_024
    /// Whether WebSocket messages are asked about, too; `waf_target_messages`.
    package var asksMessages = true
    /// Failures in a row after which nothing is asked for a while; 0: never.
    package var breakerFailures = 5
    package var breakerMilliseconds = 10_000
    /// How long a verdict is remembered; 0: not at all.
    package var cacheMilliseconds = 0
    /// What requests must have in common to share one; nil: method, host and target, without a body.
    package var cacheKey: TemplateText?

    package init(uri: String) { self.uri = uri }
}
