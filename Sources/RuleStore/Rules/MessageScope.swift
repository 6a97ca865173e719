// Which rules judge a WebSocket message: the one place that says so.

extension VariableName {
    /// Whether a message brings a value of its own for this variable.
    ///
    /// A chain judges messages when its starter names such a variable, or is a SecAction. Of a
    /// starter's other variables (headers, the URI, cookies: the handshake's, judged once already)
    /// nothing is matched again; later links and macros can read them all.
    package var isCarriedByMessages: Bool {
        switch family {
        // What collections hold changes from message to message.
        case .arguments, .transactionVariables, .matches, .webSocket, .collections, .webSocketState:
            true
        // REQUEST_BODY_LENGTH asks whether a request has a body, and what follows asks how its head
        // declares it: CRS takes a body without Content-Type for an attack, and a handshake has none.
        // A message's length is WS_MESSAGE_LENGTH.
        case .requestBody: self == .requestBody
        case .response: self == .responseBody
        case .requestLine, .requestFields, .bodyProcessing, .connection, .wholeRequest, .files, .multipart,
            .xml, .authentication, .time, .engine, .rule, .environment, .streams, .places:
            false
        }
    }
}

extension RuleDraft {
    /// Whether a chain that begins with this rule judges messages.
    var judgesMessages: Bool {
        switch kind {
        case .action: true
        case .marker: false
        case .rule: targets.contains { !$0.isExcluded && $0.variable.isCarriedByMessages }
        }
    }
}
