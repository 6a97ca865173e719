// A request of the core rule set's tests through all phases.

import Bytes
import Inspection
import TestCorpus

extension Harness {
    /// As ``send(_:isDetectOnly:)``, with the request's bytes as they are on the wire.
    func send(_ request: CorpusRequest) -> TestOutcome {
        transaction.begin(rules: rules, isDetectOnly: false, connection: facts())
        transaction.setRequestLine(
            line: view(request.line), method: view(request.method), target: view(request.target),
            protocolText: view(request.version))
        for field in request.fields {
            transaction.addRequestHeader(name: view(field.name), value: view(field.value))
        }
        var verdict = transaction.evaluateRequestHeaders()
        let body = transaction.needsRequestBody && !request.body.isEmpty ? view(request.body) : nil
        if !verdict.action.isInterception {
            verdict = transaction.evaluateRequestBody(body, isTruncated: false)
        }
        if !verdict.action.isInterception {
            transaction.setResponse(status: request.answer.status, protocolText: view("HTTP/1.1"))
            for field in request.answer.fields {
                transaction.addResponseHeader(name: view(field.name), value: view(field.value))
            }
            verdict = transaction.evaluateResponseHeaders()
        }
        if !verdict.action.isInterception {
            let type = request.answer.fields.first {
                String(decoding: $0.name, as: UTF8.self).lowercased() == "content-type"
            }
            let isHeld = transaction.needsResponseBody(contentType: view(type?.value ?? []))
            verdict = transaction.evaluateResponseBody(
                isHeld ? view(request.answer.body) : nil, isTruncated: false)
        }
        transaction.evaluateLogging()
        return TestOutcome(verdict: verdict, log: takeLog())
    }
}
