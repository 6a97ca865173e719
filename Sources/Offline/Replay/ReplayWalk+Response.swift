// The response: phases 3 and 4.

internal import Bytes
internal import Gateway
internal import HTTP1
internal import HTTPMessage
internal import Inspection
internal import Pipeline
internal import RuleStore

extension ReplayWalk {
    /// Bytes that an upstream sent: interim responses, then the one that is judged.
    mutating func judgeResponse(_ bytes: ByteView) {
        var response = ResponseHead()
        var offset = 0
        repeat {
            var parser = ResponseParser()
            do throws(HTTP1Error) {
                guard let length = try parser.parse(bytes[offset...], limits: limits, into: &response) else {
                    return refuseResponse("its head is incomplete")
                }
                offset += length
            } catch {
                return refuseResponse("\(error.reason)")
            }
        } while response.isInterim
        report.responseStatus = response.status
        var body = BodyLength.none
        if response.status != 101 {
            do throws(FramingError) {
                body = try MessageFraming.response(&response, to: head.knownMethod).body
                try HopByHop.mark(&response.fields)
            } catch {
                return refuseResponse("\(error.reason)")
            }
        }
        guard passesResponseHeaders(response), response.status != 101 else { return }
        judgeResponseBody(response, body, bytes[offset...])
    }

    private mutating func refuseResponse(_ reason: String) {
        _ = refuse(502, "invalid response: \(reason)")
    }

    private mutating func passesResponseHeaders(_ response: borrowing ResponseHead) -> Bool {
        guard let transaction else { return true }
        transaction.setResponse(
            status: response.status,
            protocolText: response.version == .http11 ? ByteView("HTTP/1.1") : ByteView("HTTP/1.0"),
            reason: response.reason)
        for index in response.fields.indices {
            transaction.addResponseHeader(
                name: response.fields.name(index), value: response.fields.value(index))
        }
        if let stages {
            stages.show(status: response.status, body: .empty)
            return passes(stages, .responseHeaders, .responseHeaders) { $0.evaluateResponseHeaders() }
        }
        return obey(transaction.evaluateResponseHeaders(), .responseHeaders)
    }

    private mutating func judgeResponseBody(
        _ response: borrowing ResponseHead, _ length: BodyLength, _ bytes: ByteView
    ) {
        guard let transaction else { return }
        let type = response.fields.first(.contentType) ?? .empty
        let hasBody = length != .none && length != .length(0)
        guard hasBody,
            transaction.needsResponseBody(
                contentType: type, withoutRules: stages?.wantsResponseBody ?? false),
            !Self.isEventStream(type)
        else {
            _ = passesResponseBody(isHeld: false, isTruncated: false)
            return
        }
        switch transaction.responseBodyCoding {
        case .plain: break
        case .coded(let codings): responseBody.decode(codings, limitBytes: transaction.responseBodyLimitBytes)
        case .unreadable(let reason):
            responseBody.markUnreadable(reason)
            return judgePart(reason)
        }
        hold(length, bytes, transaction)
    }

    private mutating func hold(_ length: BodyLength, _ bytes: ByteView, _ transaction: Transaction) {
        var decoder = BodyDecoder(length, limits: limits)
        var offset = 0
        while true {
            let step: BodyStep
            do throws(HTTP1Error) {
                step = try decoder.decode(bytes, from: offset)
            } catch {
                return refuseResponse("\(error.reason) in its body")
            }
            guard case .data(let range) = step else { break }
            offset = range.upperBound
            let progress = responseBody.append(
                bytes[range], limitBytes: transaction.responseBodyLimitBytes)
            if case .overLimit(let reason) = progress { return judgePart(reason) }
            if let fault = responseBody.fault { return judgePart(fault) }
        }
        responseBody.finish()
        if let fault = responseBody.fault { return judgePart(fault) }
        _ = passesResponseBody(isHeld: true, isTruncated: false)
    }

    /// SecResponseBodyLimitAction, for a body that is too long and for one that can not be decoded.
    private mutating func judgePart(_ reason: String) {
        if transaction?.responseBodyLimitAction == .reject {
            _ = refuse(500, "the response's body can not be inspected: \(reason)")
            return
        }
        report.notes.append("the response's body is judged in part: \(reason)")
        _ = passesResponseBody(isHeld: true, isTruncated: true)
    }

    private mutating func passesResponseBody(isHeld: Bool, isTruncated: Bool) -> Bool {
        if let stages {
            let body = isHeld ? ByteText(responseBody.judged) : nil
            let isDecoded = isHeld && responseBody.isDecoded
            stages.show(body: body?.view ?? .empty)
            return passes(stages, .responseBody, .responseBody) {
                $0.evaluateResponseBody(body?.view, isTruncated: isTruncated, isDecoded: isDecoded)
            }
        }
        guard let transaction else { return true }
        return obey(
            transaction.evaluateResponseBody(
                isHeld ? responseBody.judged : nil, isTruncated: isTruncated,
                isDecoded: isHeld && responseBody.isDecoded),
            .responseBody)
    }

    private static func isEventStream(_ type: ByteView) -> Bool {
        let end = type.firstIndex(of: ASCII.byte(";")) ?? type.count
        return type[..<end].trimming(while: ASCII.isBlank).equalsIgnoringASCIICase("text/event-stream")
    }
}
