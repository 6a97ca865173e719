// RESPONSE_* and STATUS_LINE.

internal import Bytes
internal import RuleStore

extension Transaction {
    func responseScalar(_ variable: VariableName) -> ByteView? {
        switch variable {
        case .responseStatus: response.statusText
        case .responseBody: response.body
        case .responseContentType: response.headers.first("Content-Type") ?? .empty
        case .responseContentLength: responseContentLength
        case .responseProtocol: response.protocolText
        case .statusLine: statusLine
        default: nil
        }
    }

    func visitResponseFields(_ variable: VariableName, _ body: MemberVisitor) {
        visit(response.headers, names: variable == .responseHeadersNames, body)
    }

    /// The length of the body that is held, else what the field says, else 0.
    private var responseContentLength: ByteView {
        if let body = response.body { return number(body.count) }
        return response.headers.first("Content-Length") ?? ByteView("00")[..<1]
    }

    /// `HTTP/1.1 200 OK`; empty before there is a response.
    private var statusLine: ByteView {
        guard !response.statusText.isEmpty else { return .empty }
        scratch.text.removeAll(keepingCapacity: true)
        scratch.text.append(response.protocolText)
        scratch.text.append(ASCII.space)
        scratch.text.append(response.statusText)
        if !response.reason.isEmpty {
            scratch.text.append(ASCII.space)
            scratch.text.append(response.reason)
        }
        return arena.copy(scratch.text.view)
    }
}
