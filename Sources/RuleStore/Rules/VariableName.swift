// The variables of the rule language. A number, once given, stays: changing one changes
// `StoreFormat.engineVersion`.

/// The variables that rules and macros may name. Raw values are the numbers in the store.
package enum VariableName: UInt32, CaseIterable, Sendable {
    case args = 1, argsNames, argsGet, argsGetNames, argsPost, argsPostNames, argsCombinedSize
    case requestLine, requestMethod, requestProtocol, requestURI, requestURIRaw, requestFilename
    case requestBasename, queryString
    case requestHeaders, requestHeadersNames, requestCookies, requestCookiesNames
    case requestBody, requestBodyLength
    case requestBodyProcessor
    case responseStatus, responseHeaders, responseHeadersNames, responseBody, responseContentType
    case responseContentLength, responseProtocol
    case tx
    case matchedVariable, matchedVariableName, matchedVariables, matchedVariablesNames
    case remoteAddress, remotePort, serverAddress, serverPort, serverName, uniqueID
    case webSocketMessage, webSocketOpcode, webSocketDirection, webSocketMessageIndex
    case webSocketMessageLength, webSocketSubprotocol, webSocketFragments, webSocketCompressed
    case requestBodyError, requestBodyErrorMessage, requestBodyProcessorError
    case requestBodyProcessorErrorMessage, urlEncodedError, inboundDataError, outboundDataError
    case fullRequest, fullRequestLength
    case files, filesNames, filesSizes, filesCombinedSize, filesTemporaryNames, filesTemporaryContent
    case multipartStrictError, multipartUnmatchedBoundary, multipartBoundaryQuoted
    case multipartBoundaryWhitespace, multipartDataBefore, multipartDataAfter, multipartHeaderFolding
    case multipartLFLine, multipartMixedLines, multipartMissingSemicolon, multipartInvalidQuoting
    case multipartInvalidPart, multipartInvalidHeaderFolding, multipartFileLimitExceeded
    case multipartName, multipartFilename, multipartPartHeaders
    case xml
    case statusLine
    case remoteHost, userAgentAddress
    case authType, remoteUser
    case pathInfo
    case time, timeDay, timeEpoch, timeHour, timeMinute, timeMonth, timeSecond, timeWeekday, timeYear
    case duration
    case highestSeverity, modsecBuild, webAppID, sessionID, userID
    case rule
    case environment
    case ip, global, resource, session, user
    case streamInputBody, streamOutputBody
    case geo
    case webSocketState

    /// As rule text spells it.
    package var spelling: String {
        switch self {
        case .args: "ARGS"
        case .argsNames: "ARGS_NAMES"
        case .argsGet: "ARGS_GET"
        case .argsGetNames: "ARGS_GET_NAMES"
        case .argsPost: "ARGS_POST"
        case .argsPostNames: "ARGS_POST_NAMES"
        case .argsCombinedSize: "ARGS_COMBINED_SIZE"
        case .requestLine: "REQUEST_LINE"
        case .requestMethod: "REQUEST_METHOD"
        case .requestProtocol: "REQUEST_PROTOCOL"
        case .requestURI: "REQUEST_URI"
        case .requestURIRaw: "REQUEST_URI_RAW"
        case .requestFilename: "REQUEST_FILENAME"
        case .requestBasename: "REQUEST_BASENAME"
        case .queryString: "QUERY_STRING"
        case .requestHeaders: "REQUEST_HEADERS"
        case .requestHeadersNames: "REQUEST_HEADERS_NAMES"
        case .requestCookies: "REQUEST_COOKIES"
        case .requestCookiesNames: "REQUEST_COOKIES_NAMES"
        case .requestBody: "REQUEST_BODY"
        case .requestBodyLength: "REQUEST_BODY_LENGTH"
        case .requestBodyProcessor: "REQBODY_PROCESSOR"
        case .responseStatus: "RESPONSE_STATUS"
        case .responseHeaders: "RESPONSE_HEADERS"
        case .responseHeadersNames: "RESPONSE_HEADERS_NAMES"
        case .responseBody: "RESPONSE_BODY"
        case .responseContentType: "RESPONSE_CONTENT_TYPE"
        case .responseContentLength: "RESPONSE_CONTENT_LENGTH"
        case .responseProtocol: "RESPONSE_PROTOCOL"
        case .tx: "TX"
        case .matchedVariable: "MATCHED_VAR"
        case .matchedVariableName: "MATCHED_VAR_NAME"
        case .matchedVariables: "MATCHED_VARS"
        case .matchedVariablesNames: "MATCHED_VARS_NAMES"
        case .remoteAddress: "REMOTE_ADDR"
        case .remotePort: "REMOTE_PORT"
        case .serverAddress: "SERVER_ADDR"
        case .serverPort: "SERVER_PORT"
        case .serverName: "SERVER_NAME"
        case .uniqueID: "UNIQUE_ID"
        case .webSocketMessage: "WS_MESSAGE"
        case .webSocketOpcode: "WS_OPCODE"
        case .webSocketDirection: "WS_DIRECTION"
        case .webSocketMessageIndex: "WS_MESSAGE_INDEX"
        case .webSocketMessageLength: "WS_MESSAGE_LENGTH"
        case .webSocketSubprotocol: "WS_SUBPROTOCOL"
        case .webSocketFragments: "WS_FRAGMENTS"
        case .webSocketCompressed: "WS_COMPRESSED"
        case .requestBodyError: "REQBODY_ERROR"
        case .requestBodyErrorMessage: "REQBODY_ERROR_MSG"
        case .requestBodyProcessorError: "REQBODY_PROCESSOR_ERROR"
        case .requestBodyProcessorErrorMessage: "REQBODY_PROCESSOR_ERROR_MSG"
        case .urlEncodedError: "URLENCODED_ERROR"
        case .inboundDataError: "INBOUND_DATA_ERROR"
        case .outboundDataError: "OUTBOUND_DATA_ERROR"
        case .fullRequest: "FULL_REQUEST"
        case .fullRequestLength: "FULL_REQUEST_LENGTH"
        case .files: "FILES"
        case .filesNames: "FILES_NAMES"
        case .filesSizes: "FILES_SIZES"
        case .filesCombinedSize: "FILES_COMBINED_SIZE"
        case .filesTemporaryNames: "FILES_TMPNAMES"
        case .filesTemporaryContent: "FILES_TMP_CONTENT"
        case .multipartStrictError: "MULTIPART_STRICT_ERROR"
        case .multipartUnmatchedBoundary: "MULTIPART_UNMATCHED_BOUNDARY"
        case .multipartBoundaryQuoted: "MULTIPART_BOUNDARY_QUOTED"
        case .multipartBoundaryWhitespace: "MULTIPART_BOUNDARY_WHITESPACE"
        case .multipartDataBefore: "MULTIPART_DATA_BEFORE"
        case .multipartDataAfter: "MULTIPART_DATA_AFTER"
        case .multipartHeaderFolding: "MULTIPART_HEADER_FOLDING"
        case .multipartLFLine: "MULTIPART_LF_LINE"
        case .multipartMixedLines: "MULTIPART_CRLF_LF_LINES"
        case .multipartMissingSemicolon: "MULTIPART_MISSING_SEMICOLON"
        case .multipartInvalidQuoting: "MULTIPART_INVALID_QUOTING"
        case .multipartInvalidPart: "MULTIPART_INVALID_PART"
        case .multipartInvalidHeaderFolding: "MULTIPART_INVALID_HEADER_FOLDING"
        case .multipartFileLimitExceeded: "MULTIPART_FILE_LIMIT_EXCEEDED"
        case .multipartName: "MULTIPART_NAME"
        case .multipartFilename: "MULTIPART_FILENAME"
        case .multipartPartHeaders: "MULTIPART_PART_HEADERS"
        case .xml: "XML"
        case .statusLine: "STATUS_LINE"
        case .remoteHost: "REMOTE_HOST"
        case .userAgentAddress: "USERAGENT_IP"
        case .authType: "AUTH_TYPE"
        case .remoteUser: "REMOTE_USER"
        case .pathInfo: "PATH_INFO"
        case .time: "TIME"
        case .timeDay: "TIME_DAY"
        case .timeEpoch: "TIME_EPOCH"
        case .timeHour: "TIME_HOUR"
        case .timeMinute: "TIME_MIN"
        case .timeMonth: "TIME_MON"
        case .timeSecond: "TIME_SEC"
        case .timeWeekday: "TIME_WDAY"
        case .timeYear: "TIME_YEAR"
        case .duration: "DURATION"
        case .highestSeverity: "HIGHEST_SEVERITY"
        case .modsecBuild: "MODSEC_BUILD"
        case .webAppID: "WEBAPPID"
        case .sessionID: "SESSIONID"
        case .userID: "USERID"
        case .rule: "RULE"
        case .environment: "ENV"
        case .ip: "IP"
        case .global: "GLOBAL"
        case .resource: "RESOURCE"
        case .session: "SESSION"
        case .user: "USER"
        case .streamInputBody: "STREAM_INPUT_BODY"
        case .streamOutputBody: "STREAM_OUTPUT_BODY"
        case .geo: "GEO"
        case .webSocketState: "WS"
        }
    }

    /// The variable of that spelling, in any case.
    package static func named(_ text: String) -> VariableName? { bySpelling[text.uppercased()] }

    private static let bySpelling = Dictionary(
        uniqueKeysWithValues: allCases.map { ($0.spelling, $0) })
}
