// One request, and the response to it where there is one, as bytes of HTTP/1.

package struct CapturedExchange: Equatable, Sendable {
    /// The file, and which exchange of it.
    package var name: String
    /// Head and body as on the wire.
    package var request: [UInt8]
    /// nil: phases 3 and 4 do not run.
    package var response: [UInt8]?
    /// Of the WebSocket that it opened, in both directions, in order.
    package var messages: [CapturedMessage] = []
    /// What had to be made up or left out.
    package var notes: [String]

    package init(name: String, request: [UInt8], response: [UInt8]? = nil, notes: [String] = []) {
        self.name = name
        self.request = request
        self.response = response
        self.notes = notes
    }
}
