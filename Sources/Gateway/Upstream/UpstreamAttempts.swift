// Which servers a request has tried, and the connection it is on.

internal import HTTPMessage

/// Why an attempt at an upstream server came to nothing.
enum UpstreamFailure: Equatable {
    /// No connection: nothing of the request has been seen by the server.
    case notConnected(errno: Int32)
    case timedOut
    /// The connection ended before a whole response head.
    case closedEarly
    /// What came is no response.
    case invalid(String)

    /// The answer when there is no other server to try (RFC 9110 sections 15.6.3 and 15.6.5).
    var status: Int {
        if case .timedOut = self { 504 } else { 502 }
    }

    var text: String {
        switch self {
        case .notConnected(let code): "could not connect (errno \(code))"
        case .timedOut: "timed out"
        case .closedEarly: "closed the connection before it answered"
        case .invalid(let reason): "sent an invalid response: \(reason)"
        }
    }
}

extension RequestMethod {
    /// RFC 9110 section 9.2.2.
    fileprivate var isIdempotent: Bool {
        switch self {
        case .get, .head, .put, .delete, .options, .trace: true
        case .post, .connect, .patch, .other: false
        }
    }
}

/// The attempts of one request.
struct UpstreamAttempts {
    var connection: UpstreamConnection?
    /// Index of the upstream; nil for an address from variables.
    var upstream: Int?
    /// Servers of that upstream that failed this request.
    var tried: Set<Int> = []
    var count = 0
    /// Whether content has been sent that is not held and so can not be sent again.
    var hasStreamedContent = false
    /// After a kept connection turned out to be closed, the same server gets a fresh one.
    var wantsFreshConnection = false

    mutating func reset() {
        connection = nil
        upstream = nil
        tried.removeAll(keepingCapacity: true)
        count = 0
        hasStreamedContent = false
        wantsFreshConnection = false
    }

    /// Whether the request may be sent to another server (nginx's proxy_next_upstream with its
    /// defaults): always when the server has seen nothing of it, else only when it can be
    /// repeated as a whole and its method is idempotent (RFC 9110 section 9.2.2).
    func mayRepeat(after failure: UpstreamFailure, _ method: RequestMethod) -> Bool {
        guard count < GatewayLimits.upstreamAttempts, !hasStreamedContent else { return false }
        if case .notConnected = failure { return true }
        return method.isIdempotent
    }
}
