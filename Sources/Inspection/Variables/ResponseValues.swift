// The response's status line, fields and body.

internal import Bytes

/// The response's values. Views of its head and body.
struct ResponseValues {
    var status = 0
    /// The status in decimal.
    var statusText = ByteView.empty
    var protocolText = ByteView.empty
    var headers = NamedValues()
    /// RESPONSE_BODY: nil where it is not inspected.
    var body: ByteView?

    mutating func removeAll() {
        status = 0
        statusText = .empty
        protocolText = .empty
        headers.removeAll()
        body = nil
    }
}
