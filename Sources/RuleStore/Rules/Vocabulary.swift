// The words of the rule language that have a number in the store. A number, once given, stays:
// changing one changes `StoreFormat.version`.

/// The variables that rules and macros may name. Raw values are the numbers in the store.
package enum VariableName: UInt32, CaseIterable, Sendable {
    case args = 1, argsNames, argsGet, argsGetNames, argsPost, argsPostNames
    case argsCombinedSize
    case requestLine, requestMethod, requestProtocol, requestURI, requestURIRaw
    case requestFilename, requestBasename, queryString
    case requestHeaders, requestHeadersNames, requestCookies, requestCookiesNames
    case requestBody, requestBodyLength, requestBodyProcessor
    case responseStatus, responseHeaders, responseHeadersNames, responseBody
    case responseContentType, responseContentLength, responseProtocol
    case tx
    case matchedVariable, matchedVariableName, matchedVariables, matchedVariablesNames
    case remoteAddress, remotePort, serverAddress, serverPort, serverName, uniqueID
    case webSocketMessage, webSocketOpcode, webSocketDirection, webSocketMessageIndex
    case webSocketMessageLength, webSocketSubprotocol, webSocketFragments, webSocketCompressed

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
        }
    }

    /// Whether the variable has named members (`ARGS:id`); others are one value.
    package var isCollection: Bool {
        switch self {
        case .args, .argsNames, .argsGet, .argsGetNames, .argsPost, .argsPostNames, .requestHeaders,
            .requestHeadersNames, .requestCookies, .requestCookiesNames, .responseHeaders,
            .responseHeadersNames, .tx, .matchedVariables, .matchedVariablesNames:
            true
        default: false
        }
    }

    /// The variable of that spelling, in any case.
    package static func named(_ text: String) -> VariableName? { bySpelling[text.uppercased()] }

    private static let bySpelling = Dictionary(
        uniqueKeysWithValues: allCases.map { ($0.spelling, $0) })
}

/// The operators. Raw values are the numbers in the store.
package enum OperatorName: UInt32, CaseIterable, Sendable {
    case rx = 1, pm, pmFromFile, streq, contains, beginsWith, endsWith
    case eq, ge, gt, le, lt
    case ipMatch, unconditionalMatch
    case within, strmatch, containsWord, noMatch
    case validateByteRange, validateUrlEncoding, validateUtf8Encoding
    case verifyCC, verifyCPF, verifySSN, verifySVNR
    case rxGlobal, ipMatchFromFile

    /// As rule text spells it, behind the `@`.
    package var spelling: String { "\(self)" }
}

/// The transformations. Raw values are the numbers in the store.
package enum TransformationName: UInt32, CaseIterable, Sendable {
    case lowercase = 1, urlDecode, urlDecodeUni, htmlEntityDecode, removeNulls, compressWhitespace
    case base64Decode, base64DecodeExt, base64Encode, cmdLine, cssDecode, escapeSeqDecode
    case hexDecode, hexEncode, jsDecode, length, md5, normalizePath, normalizePathWin
    case parityEven7bit, parityOdd7bit, parityZero7bit, phpArgsNames
    case removeComments, removeCommentsChar, removeWhitespace, replaceComments, replaceNulls
    case sha1, sqlHexDecode, trim, trimLeft, trimRight, uppercase, urlEncode, utf8toUnicode

    /// As rule text spells it, behind the `t:`.
    package var spelling: String { "\(self)" }

    /// Whether an empty value becomes something.
    package var fillsEmptyValue: Bool {
        switch self {
        case .length, .md5, .sha1: true
        default: false
        }
    }
}
