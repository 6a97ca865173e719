// One message of a captured WebSocket.

package struct CapturedMessage: Equatable, Sendable {
    package var isFromClient: Bool
    /// Else binary.
    package var isText: Bool
    package var payload: [UInt8]

    package init(isFromClient: Bool, isText: Bool, payload: [UInt8]) {
        self.isFromClient = isFromClient
        self.isText = isText
        self.payload = payload
    }
}
