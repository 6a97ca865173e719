// Runs a case: connection, URI, request headers, body, response headers, body, logging.

import Bytes
import Foundation
import Inspection
import RuleStore
import SecLang

/// What came of a case.
enum RegressionOutcome {
    case notLoaded(RuleErrors)
    /// The status of the intervention, else 200; the matched-rule lines.
    case ran(status: Int, log: String)
}

/// The case's own rules, and the files of the kit that they name relative to ModSecurity's tests.
private struct RegressionReader: RuleFileReader {
    let rules: [UInt8]
    let folder: String

    func read(_ path: String) -> [UInt8]? {
        if path == "/case.conf" { return rules }
        guard let data = path.range(of: "test-cases/data/", options: .backwards) else { return nil }
        return (try? Data(contentsOf: URL(fileURLWithPath: folder + path[data.upperBound...]))).map { [UInt8]($0) }
    }

    func glob(_ pattern: String) -> [String] {
        guard let data = pattern.range(of: "test-cases/data/", options: .backwards) else { return [] }
        let wanted = String(pattern[data.upperBound...])
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { unsafe fnmatch(wanted, $0, 0) == 0 }.map { "/test-cases/data/\($0)" }
    }
}

extension RegressionCase {
    func run() throws -> RegressionOutcome {
        let reader = RegressionReader(
            rules: Array(rules.utf8), folder: (ConformanceKit.folder ?? "") + "/modsec-regression/data/")
        switch RuleCompiler.compile(files: ["/case.conf"], reader: reader) {
        case .failure(let errors): return .notLoaded(errors)
        case .success(let draft):
            let harness = try Harness(draft)
            let verdict = exchange(harness)
            harness.transaction.evaluateLogging()
            let log = harness.takeLog()
            return .ran(status: verdict, log: log)
        }
    }

    /// Phases 1 to 4, with the limits as a gateway keeps them.
    private func exchange(_ harness: Harness) -> Int {
        let transaction = harness.transaction
        transaction.begin(
            rules: harness.rules, isDetectOnly: false,
            connection: ConnectionFacts(
                remoteAddress: harness.view(clientAddress), remotePort: clientPort,
                serverAddress: harness.view(serverAddress), serverPort: serverPort,
                serverName: harness.view(serverName), uniqueID: harness.view("unique-0001")))
        let version = "HTTP/\(version)"
        transaction.setRequestLine(
            line: harness.view("\(method) \(uri) \(version)"), method: harness.view(method),
            target: harness.view(uri), protocolText: harness.view(version))
        for header in headers {
            transaction.addRequestHeader(name: harness.view(header.name), value: harness.view(header.value))
        }
        if let status = status(of: transaction.evaluateRequestHeaders()) { return status }
        var content: ByteView? = nil
        var isCut = false
        if transaction.needsRequestBody, !body.isEmpty {
            let limit = transaction.requestBodyLimitBytes
            isCut = body.count > limit
            if isCut, transaction.requestBodyLimitAction == .reject { return 413 }
            content = harness.view(Array(body.prefix(limit)))
        }
        if let status = status(of: transaction.evaluateRequestBody(content, isTruncated: isCut)) { return status }

        transaction.setResponse(status: 200, protocolText: harness.view(responseVersion))
        for header in responseHeaders {
            transaction.addResponseHeader(name: harness.view(header.name), value: harness.view(header.value))
        }
        if let status = status(of: transaction.evaluateResponseHeaders()) { return status }
        let type = responseHeaders.first { $0.name.lowercased() == "content-type" }?.value ?? ""
        var answer: ByteView? = nil
        isCut = false
        if transaction.needsResponseBody(contentType: harness.view(type)) {
            let limit = transaction.responseBodyLimitBytes
            isCut = responseBody.count > limit
            if isCut, transaction.responseBodyLimitAction == .reject { return 500 }
            answer = harness.view(Array(responseBody.prefix(limit)))
        }
        return status(of: transaction.evaluateResponseBody(answer, isTruncated: isCut)) ?? 200
    }

    private func status(of verdict: Verdict) -> Int? {
        guard verdict.action.isInterception else { return nil }
        // A dropped connection has no status; ModSecurity 3 reports a denial's.
        return verdict.action == .drop && verdict.status == 0 ? 403 : verdict.status
    }
}
