// Variables that are one value.

internal import Bytes
internal import RuleStore

extension Transaction {
    /// The value of a variable that is no collection. Nearly all exist at any time, if only empty;
    /// nil for bodies that are not offered and, outside messages, for WS_*.
    func scalar(_ variable: VariableName) -> ByteView? {
        switch variable.family {
        case .arguments: argumentScalar(variable)
        case .requestLine: requestLineScalar(variable)
        case .requestBody: requestBodyScalar(variable)
        case .bodyProcessing: bodyProcessingScalar(variable)
        case .response: responseScalar(variable)
        case .matches: matchScalar(variable)
        case .connection: connectionScalar(variable)
        case .webSocket: webSocketScalar(variable)
        case .wholeRequest: wholeRequestScalar(variable)
        case .files: fileScalar(variable)
        case .multipart: multipartScalar(variable)
        case .authentication: authenticationScalar(variable)
        case .time: timeScalar(variable)
        case .engine: engineScalar(variable)
        case .streams: streamScalar(variable)
        case .requestFields, .transactionVariables, .xml, .rule, .environment, .collections, .places,
            .webSocketState:
            nil
        }
    }

    /// `1` or `0`.
    func flag(_ isSet: Bool) -> ByteView { isSet ? ByteView("10")[..<1] : ByteView("00")[..<1] }
}
