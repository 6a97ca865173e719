// REQUEST_BODY, how bodies were read, and FULL_REQUEST.

internal import Bytes
internal import RuleStore

extension Transaction {
    func requestBodyScalar(_ variable: VariableName) -> ByteView? {
        variable == .requestBody ? request.body : number(request.bodyBytes)
    }

    func bodyProcessingScalar(_ variable: VariableName) -> ByteView? {
        switch variable {
        case .requestBodyProcessor:
            request.processor == .none ? .empty : ByteView(request.processor.spelling)
        case .requestBodyError, .requestBodyProcessorError: flag(reading.hasFailed)
        case .requestBodyErrorMessage, .requestBodyProcessorErrorMessage: reading.failure
        case .urlEncodedError: flag(reading.hasEncodingFault)
        case .inboundDataError: flag(reading.isCutShort)
        case .outboundDataError: flag(response.isCutShort)
        default: nil
        }
    }

    func wholeRequestScalar(_ variable: VariableName) -> ByteView? {
        variable == .fullRequest ? wholeRequest() : number(wholeRequest().count)
    }

    /// The head as it came, with the body as far as it is inspected; put together once.
    private func wholeRequest() -> ByteView {
        if let whole = request.whole { return whole }
        scratch.text.removeAll(keepingCapacity: true)
        scratch.text.append(request.line)
        scratch.text.append("\r\n")
        for index in requestHeaders.members.indices {
            scratch.text.append(requestHeaders.members[index].name)
            scratch.text.append(": ")
            scratch.text.append(requestHeaders.members[index].value)
            scratch.text.append("\r\n")
        }
        scratch.text.append("\r\n")
        if let body = request.rawBody { scratch.text.append(body) }
        let whole = arena.copy(scratch.text.view)
        // Before the body has come, the head alone is not the last word.
        if request.rawBody != nil { request.whole = whole }
        return whole
    }
}
