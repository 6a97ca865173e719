// The response's status line, fields and body.

internal import Bytes

/// The response's values. Views of its head and body.
struct ResponseValues {
    var status = 0
    /// The status in decimal.
    var statusText = ByteView.empty
    var protocolText = ByteView.empty
    var reason = ByteView.empty
    /// The body is longer than what was inspected: OUTBOUND_DATA_ERROR.
    var isCutShort = false
    var headers = NamedValues()
    /// RESPONSE_BODY: nil where it is not inspected.
    var body: ByteView?

    mutating func removeAll() {
        status = 0
        statusText = .empty
        protocolText = .empty
        reason = .empty
        isCutShort = false
        headers.removeAll()
        body = nil
    }
}
