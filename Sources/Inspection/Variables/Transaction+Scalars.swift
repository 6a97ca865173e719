// Variables that are one value.

internal import Bytes
internal import RuleStore

extension Transaction {
    /// The value of a variable that is no collection. Nearly all exist at any time, if only empty;
    /// nil for bodies that are not offered and, outside messages, for WS_*.
    func scalar(_ variable: VariableName) -> ByteView? {
        switch variable {
        case .argsCombinedSize: number(arguments.combinedBytes)
        case .requestLine: request.line
        case .requestMethod: request.method
        case .requestProtocol: request.protocolText
        case .requestURI: request.uri
        case .requestURIRaw: request.target
        case .requestFilename: request.filename
        case .requestBasename: request.basename
        case .queryString: request.query
        case .requestBody: request.body
        case .requestBodyLength: number(request.bodyBytes)
        case .requestBodyProcessor: request.processor.name
        case .responseStatus: response.statusText
        case .responseBody: response.body
        case .responseContentType: response.headers.first("Content-Type") ?? .empty
        case .responseContentLength: responseContentLength
        case .responseProtocol: response.protocolText
        case .matchedVariable: matched.last?.value ?? .empty
        case .matchedVariableName: matchedVariableName
        case .remoteAddress: connection.remoteAddress
        case .remotePort: number(connection.remotePort)
        case .serverAddress: connection.serverAddress
        case .serverPort: number(connection.serverPort)
        case .serverName: connection.serverName
        case .uniqueID: connection.uniqueID
        case .webSocketMessage, .webSocketOpcode, .webSocketDirection, .webSocketMessageIndex,
            .webSocketMessageLength, .webSocketSubprotocol, .webSocketFragments, .webSocketCompressed:
            webSocketScalar(variable)
        case .args, .argsNames, .argsGet, .argsGetNames, .argsPost, .argsPostNames, .requestHeaders,
            .requestHeadersNames, .requestCookies, .requestCookiesNames, .responseHeaders,
            .responseHeadersNames, .tx, .matchedVariables, .matchedVariablesNames:
            nil
        }
    }

    /// The length of the body that is held, else what the field says, else 0.
    private var responseContentLength: ByteView {
        if let body = response.body { return number(body.count) }
        return response.headers.first("Content-Length") ?? ByteView("00")[..<1]
    }

    private var matchedVariableName: ByteView {
        guard let match = matched.last else { return .empty }
        return name(of: match)
    }

    /// `ARGS:id`, in the arena.
    func name(of selected: SelectedValue) -> ByteView {
        scratch.text.removeAll(keepingCapacity: true)
        selected.appendName(to: &scratch.text)
        return arena.copy(scratch.text.view)
    }
}
