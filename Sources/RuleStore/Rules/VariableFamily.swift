// Which variables belong together: each family has one file that knows their values.

/// A group of variables whose values come from one place.
package enum VariableFamily: Sendable {
    /// ARGS and its relatives.
    case arguments
    /// The request line and its parts.
    case requestLine
    /// Header fields and cookies of the request.
    case requestFields
    /// The body as it came.
    case requestBody
    /// How the bodies were read.
    case bodyProcessing
    /// Status line, fields and body of the response.
    case response
    /// TX.
    case transactionVariables
    /// What the running chain has matched.
    case matches
    /// Both ends of the connection.
    case connection
    /// A WebSocket message.
    case webSocket
    /// Head and body in one.
    case wholeRequest
    /// Files of a multipart body.
    case files
    /// Parts, and what is odd about a multipart body.
    case multipart
    /// A body read as XML.
    case xml
    /// Who the client says it is.
    case authentication
    /// The clock.
    case time
    /// The engine's own state.
    case engine
    /// The rule that is being evaluated.
    case rule
    /// What setenv set.
    case environment
    /// What initcol and its like opened.
    case collections
    /// Bodies that @rsub may rewrite.
    case streams
    /// What @geoLookup found.
    case places
    /// What rules remember of a WebSocket connection.
    case webSocketState
}

extension VariableName {
    package var family: VariableFamily {
        switch self {
        case .args, .argsNames, .argsGet, .argsGetNames, .argsPost, .argsPostNames, .argsCombinedSize:
            .arguments
        case .requestLine, .requestMethod, .requestProtocol, .requestURI, .requestURIRaw, .requestFilename,
            .requestBasename, .queryString, .pathInfo:
            .requestLine
        case .requestHeaders, .requestHeadersNames, .requestCookies, .requestCookiesNames:
            .requestFields
        case .requestBody, .requestBodyLength:
            .requestBody
        case .requestBodyProcessor, .requestBodyError, .requestBodyErrorMessage, .requestBodyProcessorError,
            .requestBodyProcessorErrorMessage, .urlEncodedError, .inboundDataError, .outboundDataError:
            .bodyProcessing
        case .responseStatus, .responseHeaders, .responseHeadersNames, .responseBody, .responseContentType,
            .responseContentLength, .responseProtocol, .statusLine:
            .response
        case .tx:
            .transactionVariables
        case .matchedVariable, .matchedVariableName, .matchedVariables, .matchedVariablesNames:
            .matches
        case .remoteAddress, .remotePort, .serverAddress, .serverPort, .serverName, .uniqueID, .remoteHost,
            .userAgentAddress:
            .connection
        case .webSocketMessage, .webSocketOpcode, .webSocketDirection, .webSocketMessageIndex,
            .webSocketMessageLength, .webSocketSubprotocol, .webSocketFragments, .webSocketCompressed:
            .webSocket
        case .fullRequest, .fullRequestLength:
            .wholeRequest
        case .files, .filesNames, .filesSizes, .filesCombinedSize, .filesTemporaryNames,
            .filesTemporaryContent:
            .files
        case .multipartStrictError, .multipartUnmatchedBoundary, .multipartBoundaryQuoted,
            .multipartBoundaryWhitespace, .multipartDataBefore, .multipartDataAfter,
            .multipartHeaderFolding, .multipartLFLine, .multipartMixedLines, .multipartMissingSemicolon,
            .multipartInvalidQuoting, .multipartInvalidPart, .multipartInvalidHeaderFolding,
            .multipartFileLimitExceeded, .multipartName, .multipartFilename, .multipartPartHeaders:
            .multipart
        case .xml:
            .xml
        case .authType, .remoteUser:
            .authentication
        case .time, .timeDay, .timeEpoch, .timeHour, .timeMinute, .timeMonth, .timeSecond, .timeWeekday,
            .timeYear, .duration:
            .time
        case .highestSeverity, .modsecBuild, .webAppID, .sessionID, .userID:
            .engine
        case .rule:
            .rule
        case .environment:
            .environment
        case .ip, .global, .resource, .session, .user:
            .collections
        case .streamInputBody, .streamOutputBody:
            .streams
        case .geo:
            .places
        case .webSocketState:
            .webSocketState
        }
    }

    /// Whether the variable has named members (`ARGS:id`); others are one value.
    package var isCollection: Bool {
        switch self {
        case .args, .argsNames, .argsGet, .argsGetNames, .argsPost, .argsPostNames, .requestHeaders,
            .requestHeadersNames, .requestCookies, .requestCookiesNames, .responseHeaders,
            .responseHeadersNames, .tx, .matchedVariables, .matchedVariablesNames, .files, .filesNames,
            .filesSizes, .filesTemporaryNames, .filesTemporaryContent, .multipartPartHeaders, .xml, .rule,
            .environment, .ip, .global, .resource, .session, .user, .geo, .webSocketState:
            true
        default: false
        }
    }
}
