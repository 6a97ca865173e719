// REQUEST_LINE and its parts, REQUEST_HEADERS and REQUEST_COOKIES.

internal import Bytes
internal import RuleStore

extension Transaction {
    func requestLineScalar(_ variable: VariableName) -> ByteView? {
        switch variable {
        case .requestLine: request.line
        case .requestMethod: request.method
        case .requestProtocol: request.protocolText
        case .requestURI: request.uri
        case .requestURIRaw: request.target
        case .requestFilename: request.filename
        case .requestBasename: request.basename
        case .queryString: request.query
        // A gateway knows no file that a path could go on behind: all of it, as in ModSecurity 3.
        case .pathInfo: request.filename
        default: nil
        }
    }

    func visitRequestFields(_ variable: VariableName, _ body: MemberVisitor) {
        switch variable {
        case .requestHeaders: visit(requestHeaders, names: false, body)
        case .requestHeadersNames: visit(requestHeaders, names: true, body)
        case .requestCookies: visit(cookies, names: false, body)
        default: visit(cookies, names: true, body)
        }
    }
}
